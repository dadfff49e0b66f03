"""How much is loaded and how it is spread: plain arithmetic that every process repeats alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SPAN = timedelta(days=730)
PER_PRODUCER = 20
ONCE = 10
"""Every so many tracks one is by somebody who sends nothing else."""


@dataclass(frozen=True)
class Plan:
    """`big` submissions at the first label, `total` in all, over the two years before `until`.

    Each track goes to the first label and, on the same day, to its share of the others.
    """

    big: int
    total: int
    labels: int
    until: datetime

    @property
    def regulars(self) -> int:
        return max(50, self.big // PER_PRODUCER)

    @property
    def producers(self) -> int:
        return self.regulars + self.big // ONCE + 1

    def producer_of(self, track: int, luck: float) -> int:
        """Return whose track this is: some send many, some one."""
        return self.regulars + track // ONCE if track % ONCE == 0 else int(self.regulars * luck**1.6)

    def copies(self, track: int) -> range:
        """Return the numbers of the submissions of a track; the first one is for the first label."""
        return range(self.total * track // self.big, self.total * (track + 1) // self.big)

    def label_of(self, number: int, track: int) -> int:
        """Return which label gets this submission: its place among the labels, the big one is 0."""
        first = self.copies(track).start
        return 0 if number == first else 1 + (number - track) % (self.labels - 1)

    def moment_of(self, track: int) -> datetime:
        """Return when a track was ready to be sent."""
        return self.until - SPAN + (SPAN - timedelta(minutes=30)) * (track / self.big)
