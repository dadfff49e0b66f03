"""What became of a recording's files, in words: the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from recordings.choices import Change
from recordings.models import File, FileChange, Recording
from recordings.models.file import shown

NEWEST = 50
OTHER_AUDIO = (Change.CUT, Change.REPLACED)
COLUMNS = (
    *("kind", "at", "detail", "former_path", "recording_id", "former_recording_id"),
    *("file__path", "recording__reference", "former_recording__reference"),
)
NEXT_LEFT = (
    FileChange.objects.filter(file=OuterRef("file"), kind=Change.MOVED, pk__gt=OuterRef("pk"))
    .order_by("id")
    .values("former_path")[:1]
)
"""Where the file lay after a change: what the next move says that it left, null if there was none."""


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
    """Return the newest changes of what holds, or held, a recording. One query."""
    unread = Q(recording=None, file__in=files)  # at such a moment nobody knew what a file held
    rows = FileChange.objects.filter(Q(recording=recording) | Q(former_recording=recording) | unread)
    named = rows.select_related("file", "recording", "former_recording").only(*COLUMNS)
    found = list(named.annotate(left=Subquery(NEXT_LEFT)).order_by("-id")[: NEWEST + 1])
    lines = [_line(row, recording) for row in found[:NEWEST]]
    return FileHistory(lines, has_more=len(found) > NEWEST)


def _line(row: Any, recording: Recording) -> HistoryLine:
    was_before = row.recording_id == recording.pk
    other = row.former_recording if was_before else row.recording
    return HistoryLine(
        at=row.at,
        what=Change(row.kind).label,
        path=row.file.shown_path if row.left is None else shown(bytes(row.left)),
        former_path=row.shown_former_path,
        other=other.reference if other and row.kind in OTHER_AUDIO else "",
        was_before=was_before,
        detail=row.detail,
    )
