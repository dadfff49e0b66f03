"""Files that changed a moment ago: one counts once its size and time stood still for five seconds."""

from dataclasses import dataclass, field

from recordings.shelves.listing import Status

STILL = 5.0
"""Seconds."""


@dataclass
class UnsettledFiles:
    """Paths with what was seen there last (None: nothing) and since when; moments are of a monotonic clock."""

    seen: dict[bytes, tuple[Status | None, float]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.seen)

    def note(self, path: bytes, status: Status | None, moment: float) -> None:
        """Write down what lies at a path now; its time begins anew if that differs from what was seen last."""
        if path not in self.seen or self.seen[path][0] != status:
            self.seen[path] = (status, moment)

    def forget(self, path: bytes) -> None:
        """Leave a path alone: what lies there is known."""
        self.seen.pop(path, None)

    def still(self, moment: float) -> dict[bytes, Status | None]:
        """Return what stood still long enough."""
        return {path: status for path, (status, since) in self.seen.items() if moment - since >= STILL}
