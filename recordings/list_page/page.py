"""What the list shows of each recording."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.music.units import display_duration, display_tempo
from recordings.access import SeenShelf
from recordings.choices import FileState
from recordings.facts.words import MINUS
from recordings.models import File, Recording

TROUBLE = (FileState.UNREADABLE, FileState.MISSING, FileState.CHANGED)
"""What is said of files before that they are there, the worst first."""


@dataclass(frozen=True)
class Row:
    """A recording with its shelf and its files."""

    recording: Recording
    seen: SeenShelf
    files: tuple[File, ...]

    @property
    def title(self) -> str:
        """The title, else the name of its file, else its reference."""
        name = self.files[0].shown_path.rsplit("/", 1)[-1] if self.files else ""
        return self.recording.title or name or self.recording.reference

    @property
    def tempo(self) -> str:
        return display_tempo(self.recording.tempo) if self.recording.tempo else ""

    @property
    def loudness(self) -> str:
        loudness = self.recording.loudness
        return "" if loudness is None else str(loudness).replace("-", MINUS)

    @property
    def length(self) -> str:
        return (
            display_duration(self.recording.length_ms // 1000) if self.recording.length_ms is not None else ""
        )

    @property
    def trouble(self) -> str:
        """What is wrong with its files in words, "" if all are there."""
        if not self.files:
            return "No file"
        states = [each.state for each in self.files]
        worst = next((state for state in TROUBLE if state in states), None)
        if worst is None:
            return ""
        count = states.count(worst)
        return worst.label if len(states) == 1 else f"{count} of {len(states)} files: {worst.label.lower()}"


def rows_of(recordings: Iterable[Recording], shelves: Sequence[SeenShelf]) -> list[Row]:
    """Return recordings as rows. One query for all."""
    found = list(recordings)
    files = defaultdict[int, list[File]](list)
    for file in File.objects.filter(recording__in=found).order_by("id"):
        files[file.recording_id or 0].append(file)
    seen = {each.shelf.pk: each for each in shelves}
    return [Row(each, seen[each.shelf_id], tuple(files[each.pk])) for each in found]
