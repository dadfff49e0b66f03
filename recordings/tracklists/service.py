"""Tracklists saved: the lines of one source, the works that they name, and which source counts."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from accounts.models import User
from kit.clock import now
from recordings.choices import TracklistSource
from recordings.models import File, Play, Recording, Tracklist, Work
from recordings.tracklists.line import LONGEST_MS, MOST_LINES, MOST_SIGNS, Line, UnreadableError
from recordings.works import Name, works_of

PRECEDENCE = [
    *(TracklistSource.MANUAL, TracklistSource.PASTE, TracklistSource.CUE),
    *(TracklistSource.SITE, TracklistSource.MATCHED),
]
"""Which of a recording's tracklists counts, the first one that has lines."""


class OutdatedError(Exception):
    """Somebody else saved this tracklist meanwhile."""


def save_tracklist(
    recording: Recording,
    source: str,
    lines: Sequence[Line],
    *,
    by: User | None = None,
    unread: Sequence[str] = (),
    version: int | None = None,
    cue_file: File | None = None,
) -> Tracklist:
    """Replace the lines of a recording's tracklist of this source and return it; twelve queries at most.

    `version` is the one that the person saw, 0 for none yet: raises OutdatedError if it has changed since.
    Raises UnreadableError for too many lines.
    """
    if len(lines) > MOST_LINES:
        raise UnreadableError(f"A tracklist has {MOST_LINES} lines at most; this has {len(lines)}.")
    works = works_of(map(name_of_line, lines))
    with transaction.atomic():
        Recording.objects.select_for_update(no_key=True, of=("self",)).get(pk=recording.pk)
        row = _row_of(recording, source, version)
        row.unread, row.cue_file, row.changed_by = "\n".join(unread)[:MOST_SIGNS], cue_file, by
        row.save()
        row.plays.all().delete()
        Play.objects.bulk_create(_plays_of(row, lines, works))
        _choose_main(recording)
    return row


def delete_tracklist(recording: Recording, source: str) -> bool:
    """Delete the tracklist of this source, so that another one counts; return whether there was one."""
    with transaction.atomic():
        Recording.objects.select_for_update(no_key=True, of=("self",)).get(pk=recording.pk)
        deleted, _ = recording.tracklists.filter(source=source).delete()
        _choose_main(recording)
    return bool(deleted)


def lines_of(tracklist: Tracklist) -> list[Line]:
    """Return the saved lines in their order. One query."""
    return [
        Line(
            artist=play.artist,
            title=play.title,
            start_ms=play.start_ms,
            record_label=play.record_label,
            is_mixed=play.is_mixed,
            isrc=play.work.isrc if play.work else "",
            confidence=play.confidence,
        )
        for play in tracklist.plays.select_related("work").order_by("position")
    ]


def has_lines(tracklist: Tracklist, lines: Sequence[Line]) -> bool:
    """Whether exactly these lines are saved; what their works know besides makes no difference. One query."""
    saved, given = ([replace(each, isrc="") for each in some] for some in (lines_of(tracklist), lines))
    return saved == given


def tracklists_of(recording: Recording) -> list[Tracklist]:
    """Return a recording's tracklists, the one that counts first. One query."""
    rows = list(recording.tracklists.select_related("changed_by"))
    return sorted(rows, key=lambda each: (not each.is_main, PRECEDENCE.index(TracklistSource(each.source))))


def name_of_line(line: Line) -> Name:
    """Return what a line names, a name without a title where nobody knows it."""
    return Name(line.artist, "" if line.is_unknown else line.title, isrc=line.isrc)


def _row_of(recording: Recording, source: str, version: int | None) -> Tracklist:
    """Return the row to save, a new one if there is none. Raises OutdatedError."""
    found = Tracklist.objects.filter(recording=recording, source=source).first()
    if version is not None and version != (found.version if found else 0):
        raise OutdatedError
    if found is None:
        return Tracklist(recording=recording, source=source)
    found.version, found.changed_at = found.version + 1, now()
    return found


def _plays_of(row: Tracklist, lines: Sequence[Line], works: dict[str, Work]) -> list[Play]:
    return [
        Play(
            tracklist=row,
            position=position,
            start_ms=min(line.start_ms, LONGEST_MS) if line.start_ms is not None else None,
            artist=line.artist,
            title=line.title,
            record_label=line.record_label,
            work=works.get(name_of_line(line).digest),
            is_unknown=line.is_unknown,
            is_mixed=line.is_mixed,
            confidence=line.confidence,
        )
        for position, line in enumerate(lines, 1)
    ]


def _choose_main(recording: Recording) -> None:
    """Mark the tracklist that counts: the first by precedence that has lines."""
    filled = recording.tracklists.filter(plays__isnull=False).distinct()
    sources = set(filled.values_list("source", flat=True))
    first = next((source for source in PRECEDENCE if source in sources), None)
    rows = Tracklist.objects.filter(recording=recording)
    rows.filter(is_main=True).exclude(source=first or "").update(is_main=False)
    rows.filter(source=first or "", is_main=False).update(is_main=True)
