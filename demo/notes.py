"""What people of the demo write: each pool is used up before a note comes again."""

from random import Random

from catalog.models import Track
from demo.note_table import NOTES


class Notes:
    """The pools of note_table.py, shuffled."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.left: dict[str, list[str]] = {}

    def take(self, occasion: str, track: Track, **names: str) -> str:
        """Return the next note for an occasion, "" where nobody writes anything, about this track."""
        if not self.left.get(occasion):
            self.left[occasion] = self.rng.sample(pool := NOTES.get(occasion, ("",)), len(pool))
        return self.about(track, self.left[occasion].pop(), **names)

    def about(self, track: Track, text: str, **names: str) -> str:
        """Fill a track's title and a place in it into a text."""
        second = int((track.duration or 300) * self.rng.uniform(0.35, 0.7))
        return text.format(title=track.full_title, mark=f"{second // 60}:{second % 60:02}", **names)
