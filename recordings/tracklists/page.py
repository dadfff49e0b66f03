"""What the pages of a tracklist say."""

from dataclasses import dataclass
from typing import Any

from recordings.access import SeenRecording
from recordings.choices import FileState, Kind, TracklistSource
from recordings.models import Play, Recording, Tracklist
from recordings.tracklists.line import time_words
from recordings.tracklists.service import tracklists_of

SHOWN = 8
"""Lines on a recording's own page."""


@dataclass(frozen=True)
class PlayRow:
    """A line in words."""

    play: Play
    time: str

    @property
    def certainty(self) -> str:
        """How sure a match by sound is, "" for lines that somebody wrote."""
        return "" if self.play.confidence is None else f"{round(self.play.confidence * 100)} % sure"


def page_of(seen: SeenRecording, source: str = "") -> dict[str, Any]:
    """Return the context of a tracklist's page. Three queries."""
    tracklists = tracklists_of(seen.recording)
    shown = next(
        (each for each in tracklists if each.source == source), tracklists[0] if tracklists else None
    )
    rows = rows_of(shown)
    return {
        **head_of(seen),
        "tracklists": tracklists,
        "shown": shown,
        "rows": rows,
        "untimed": sum(1 for row in rows if row.play.start_ms is None and not row.play.is_mixed),
        "has_file": seen.recording.files.filter(state=FileState.PRESENT).exists(),
        "is_set": seen.recording.kind in (Kind.SET, Kind.LIVE),
    }


def head_of(seen: SeenRecording) -> dict[str, Any]:
    """Return what all pages of a tracklist say of its recording."""
    return {"seen": seen, "recording": seen.recording, "title": title_of(seen.recording)}


def title_of(recording: Recording) -> str:
    return recording.title or recording.reference


def part_of(seen: SeenRecording) -> dict[str, Any]:
    """Return what a recording's page shows of its tracklist. Two queries."""
    main = Tracklist.objects.filter(recording=seen.recording, is_main=True).first()
    rows = rows_of(main)
    return {"tracklist": main, "plays": rows[:SHOWN], "plays_more": max(len(rows) - SHOWN, 0)}


def rows_of(tracklist: Tracklist | None) -> list[PlayRow]:
    if tracklist is None:
        return []
    plays = tracklist.plays.select_related("work").order_by("position")
    return [PlayRow(play, time_words(play.start_ms)) for play in plays]


def target_of(shown: Tracklist | None, *, was_pasted: bool) -> str:
    """Return the source as which an edited tracklist is saved: what a person changed is theirs."""
    if shown is None:
        return TracklistSource.PASTE if was_pasted else TracklistSource.MANUAL
    kept = (TracklistSource.PASTE, TracklistSource.MANUAL)
    return shown.source if shown.source in kept else TracklistSource.MANUAL
