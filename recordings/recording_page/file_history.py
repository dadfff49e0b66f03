"""What became of a recording's files, in words: the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from recordings.choices import Change
from recordings.models import File, FileChange, Recording

NEWEST = 50
OTHER_AUDIO = (Change.CUT, Change.REPLACED)
COLUMNS = (
    *("kind", "at", "detail", "former_path", "recording_id", "former_recording_id"),
    *("file__path", "recording__reference", "former_recording__reference"),
)


@dataclass(frozen=True)
class HistoryLine:
    """One change: `path` is where the file lay after it, `former_path` where it lay before it was moved.

    `other` is the code of the recording that came in this one's place, or whose place this one took (`was_before`).
    """

    at: datetime
    what: str
    path: str
    former_path: str
    other: str
    was_before: bool
    detail: str


@dataclass(frozen=True)
class FileHistory:
    lines: list[HistoryLine]
    has_more: bool


def history_of(recording: Recording, files: Sequence[File]) -> FileHistory:
    """Return the newest changes of what holds, or held, a recording. Two queries, one if there are none."""
    unread = Q(recording=None, file__in=files)  # at such a moment nobody knew what a file held
    rows = FileChange.objects.filter(Q(recording=recording) | Q(former_recording=recording) | unread)
    shown = rows.select_related("file", "recording", "former_recording").only(*COLUMNS)
    found = list(shown.order_by("-id")[: NEWEST + 1])
    paths = _paths_of(found)
    lines = [_line(row, paths[row.pk], recording) for row in found[:NEWEST]]
    return FileHistory(lines, has_more=len(found) > NEWEST)


def _paths_of(rows: Sequence[FileChange]) -> dict[int, str]:
    """Return where its file lay after each change: until the next move there, or now."""
    if not rows:
        return {}
    moves = FileChange.objects.filter(file__in={row.file_id for row in rows}, kind=Change.MOVED)
    later = list(moves.only("file_id", "former_path").order_by("id"))
    paths = {}
    for row in rows:
        left = next((each for each in later if each.file_id == row.file_id and each.pk > row.pk), None)
        paths[row.pk] = left.shown_former_path if left else row.file.shown_path
    return paths


def _line(row: FileChange, path: str, recording: Recording) -> HistoryLine:
    was_before = row.recording_id == recording.pk
    other = row.former_recording if was_before else row.recording
    return HistoryLine(
        at=row.at,
        what=Change(row.kind).label,
        path=path,
        former_path=row.shown_former_path,
        other=other.reference if other and row.kind in OTHER_AUDIO else "",
        was_before=was_before,
        detail=row.detail,
    )
