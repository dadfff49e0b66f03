"""A track list as it is given to the door: lines, and what a submission says of a track."""

from dataclasses import dataclass, replace
from typing import Any

from catalog.choices import DEFAULT_MIX, Explicit
from catalog.models import Genre
from releases.choices import Line
from submissions.models import Submission


@dataclass(frozen=True)
class TrackLine:
    """A line of a list. `submission` is a reference; what is left empty is copied from it, once."""

    line: str = Line.PLACEHOLDER
    title: str = ""
    mix: str = ""
    artist: str = ""
    isrc: str = ""
    seconds: int | None = None
    is_explicit: bool | None = None
    submission: str | None = None


def line_of(submission: Submission) -> TrackLine:
    """Return the line of a submission, with its facts as they were frozen last."""
    return fill(TrackLine(Line.SUBMISSION, submission=submission.reference), facts_of(submission))


def facts_of(submission: Submission) -> dict[str, Any]:
    """Return what the last revision of a submission says of the track. One query."""
    revision = submission.revisions.order_by("number").last()
    return facts_in(revision.copy if revision else {})


def facts_in(copied: dict[str, Any]) -> dict[str, Any]:
    """Return the same of a revision's copy."""
    mix = str(copied.get("mix") or "")
    return {
        "title": str(copied.get("title") or ""),
        "mix": "" if mix == DEFAULT_MIX else mix,
        "artist": str(copied.get("artist_name") or ""),
        "isrc": str(copied.get("isrc") or ""),
        "seconds": copied.get("duration"),
        "is_explicit": copied.get("explicit") == Explicit.EXPLICIT,
    }


def genre_of(submission: Submission) -> str:
    """Return the name of a submission's genre, "" if it has none."""
    genre = Genre.objects.filter(slug=submission.subgenre or submission.genre).first()
    return genre.name if genre else ""


def fill(line: TrackLine, facts: dict[str, Any]) -> TrackLine:
    """Return the line with these facts wherever it says nothing."""
    missing = {name: value for name, value in facts.items() if getattr(line, name) in ("", None)}
    return replace(line, **missing)


def lines_of(tracks: Any) -> list[TrackLine]:
    """Return stored tracks as the lines that would set them again, for a form or a change of one of them."""
    return [
        TrackLine(
            track.line,
            track.title,
            track.mix,
            track.artist,
            track.isrc,
            track.seconds,
            track.is_explicit,
            track.submission.reference if track.submission else None,
        )
        for track in tracks
    ]


def differences(track: Any, facts: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return where a stored track differs from what its submission says: field to (track's, submission's)."""
    return {
        name: (getattr(track, name), value)
        for name, value in facts.items()
        if value not in ("", None) and getattr(track, name) != value
    }
