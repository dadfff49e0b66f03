"""How many rows are loaded and how they are spread; deterministic, so every process agrees."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SPAN = timedelta(days=730)
PER_PRODUCER = 20
ONE_TIMERS_EVERY = 10
"""One track in this many is by somebody who sends nothing else."""
NEWEST, NEWEST_SPAN = 120, timedelta(days=20)
"""So many tracks of the last days wait at the big label, so that a page of its queue is full at any size."""


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
        return self.regulars + self.big // ONE_TIMERS_EVERY + 1

    def producer_of(self, track: int, luck: float) -> int:
        """Return the producer of a track: some send many, some only one."""
        return (
            self.regulars + track // ONE_TIMERS_EVERY
            if track % ONE_TIMERS_EVERY == 0
            else int(self.regulars * luck**1.6)
        )

    def copies(self, track: int) -> range:
        """Return the numbers of a track's submissions; the first is to the first label."""
        return range(self.total * track // self.big, self.total * (track + 1) // self.big)

    def label_of(self, number: int, track: int) -> int:
        """Return the index of the label that gets this submission; 0 is the big one."""
        first = self.copies(track).start
        return 0 if number == first else 1 + (number - track) % (self.labels - 1)

    def moment_of(self, track: int) -> datetime:
        """Return when a track is sent first."""
        place = self.big - track
        age = (SPAN - timedelta(minutes=30)) * (place / self.big)
        newest = min(age, NEWEST_SPAN * (place / NEWEST)) if self.is_newest(track) else age
        return self.until - timedelta(minutes=30) - newest

    def is_newest(self, track: int) -> bool:
        return track >= self.big - NEWEST
