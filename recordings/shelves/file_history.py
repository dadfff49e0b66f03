"""What became of a file since it was read last: moved, copied, retagged, cut, replaced, back again."""

from dataclasses import dataclass

from django.db.models import Q

from catalog.music.units import display_duration
from kit.clock import now
from recordings.choices import Change, FileState
from recordings.file_access import is_at
from recordings.models import File, FileChange, Recording
from recordings.shelves.identity import Identity


@dataclass(frozen=True)
class Before:
    """What a file's row said before it was read again."""

    sha256: str
    recording: Recording | None
    was_missing: bool

    @classmethod
    def of(cls, file: File) -> "Before":
        last = file.changes.order_by("-id").values_list("kind", flat=True).first()
        return cls(file.sha256, file.recording, last == Change.MISSING)

    @property
    def is_new(self) -> bool:
        """Whether the file was never read before."""
        return not self.sha256


def origin_of(file: File, recording: Recording | None, identity: Identity, root: int) -> File | None:
    """Return the row of the place that a file was moved from: same bytes or same audio, nothing there any more.

    Asks the disk, since a new name may be read before the old one was missed.
    """
    same = Q(sha256=identity.sha256) | Q(recording=recording) if recording else Q(sha256=identity.sha256)
    if not file.size:
        return None
    rows = File.objects.filter(same, shelf=file.shelf).exclude(pk=file.pk)
    nearest = sorted(
        rows, key=lambda row: (row.sha256 != identity.sha256, row.state != FileState.MISSING, row.pk)
    )
    return next((row for row in nearest if not is_at(root, bytes(row.path))), None)


def take_place_of(origin: File, file: File) -> File:
    """Return the row of a moved file at its new place, with its history; the row that the new place had goes."""
    for name in ("path", "recording", "sha256", "xxh128", "state", "problem", "size", "mtime_ns", "trace"):
        setattr(origin, name, getattr(file, name))
    file.delete()
    return origin


def note(file: File, before: Before, former_path: bytes | None) -> None:
    """Write down what happened to a file that was just read; nothing, if nothing did."""
    kind = _kind_of(file, before, former_path)
    if kind is None:
        return
    former = before.recording if kind in (Change.CUT, Change.REPLACED) else None
    FileChange.objects.create(
        file=file,
        kind=kind,
        recording=file.recording if file.state == FileState.PRESENT else None,
        former_recording=former,
        former_path=former_path,
        sha256=file.sha256,
        detail=file.problem or (_lengths(former, file.recording) if former and file.recording else ""),
        trace=file.trace,
        at=now(),
    )


def _kind_of(file: File, before: Before, former_path: bytes | None) -> Change | None:
    is_same = file.sha256 == before.sha256
    if before.is_new and former_path is not None:
        return Change.MOVED
    if before.was_missing and is_same:
        return Change.RETURNED
    if is_same:
        return None
    if file.state != FileState.PRESENT:
        return Change.UNREADABLE
    return _kind_of_audio(file, before)


def _kind_of_audio(file: File, before: Before) -> Change:
    if before.recording is None:
        others = File.objects.filter(recording=file.recording, state=FileState.PRESENT).exclude(pk=file.pk)
        return Change.COPIED if others.exists() else Change.FOUND
    if before.recording == file.recording:
        return Change.RETAGGED
    is_shorter = (_length(file.recording) or 0) < (_length(before.recording) or 0)
    return Change.CUT if is_shorter else Change.REPLACED


def _lengths(former: Recording, recording: Recording) -> str:
    """Return both lengths in words, if they are known and differ."""
    was, is_now = _length(former), _length(recording)
    if was is None or is_now is None or was == is_now:
        return ""
    return f"{display_duration(round(is_now / 1000))} instead of {display_duration(round(was / 1000))}."


def _length(recording: Recording | None) -> int | None:
    return recording.length_ms if recording else None
