"""The CUE sheet beside a file becomes a tracklist of its recording."""

from recordings.choices import FileState, TracklistSource
from recordings.file_access import NotRead
from recordings.models import File, Recording, Tracklist
from recordings.tracklists.line import Line, UnreadableError
from recordings.tracklists.service import has_lines, save_tracklist
from recordings.tracklists.sidecar import read_sidecar


def import_beside(recording: Recording) -> Tracklist | None:
    """Read the sheet beside a present file of a recording; None if there is none.

    One that cannot be read leaves what was read before, and says why. Raises NotRead for trouble that may pass.
    """
    present = recording.files.filter(state=FileState.PRESENT).select_related("shelf").order_by("pk")
    for file in present:
        try:
            found = read_sidecar(file)
        except UnreadableError as error:
            return _refused(recording, str(error))
        except NotRead as refusal:
            if not refusal.is_lasting:
                raise
            return _refused(recording, str(refusal))
        if found:
            return _kept(recording, file, found.digest, found.reading.lines, found.reading.unread)
    return None


def _refused(recording: Recording, sentence: str) -> Tracklist:
    row, _ = Tracklist.objects.update_or_create(
        recording=recording, source=TracklistSource.CUE, defaults={"problem": sentence[:300]}
    )
    return row


def _kept(recording: Recording, file: File, digest: str, lines: list[Line], unread: list[str]) -> Tracklist:
    """Save what was read unless it is what we wrote ourselves or read before."""
    rows = Tracklist.objects.filter(recording=recording)
    if own := rows.filter(sidecar_sha256=digest).first():
        return own
    before = rows.filter(source=TracklistSource.CUE).first()
    if before and not before.problem and has_lines(before, lines) and before.unread == "\n".join(unread):
        return before
    row = save_tracklist(recording, TracklistSource.CUE, lines, unread=unread, cue_file=file)
    Tracklist.objects.filter(pk=row.pk).update(problem="")
    row.problem = ""
    return row
