"""A tracklist as a CUE sheet: downloaded, written beside the file, read from there."""

import os
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from recordings.access import SeenRecording, changeable_recording_of, recording_of
from recordings.choices import FileState
from recordings.file_access import NotRead
from recordings.models import File, Recording, Tracklist
from recordings.tracklists.cue import cue_text
from recordings.tracklists.cue_import import import_beside
from recordings.tracklists.line import Line, UnreadableError
from recordings.tracklists.page import title_of
from recordings.tracklists.service import lines_of, tracklists_of
from recordings.tracklists.sidecar import ForeignError, write_sidecar
from recordings.tracklists.views import ROWS, shown_page

NO_FILE = (
    "No file of this recording is there any more, so there is no place for a CUE sheet. Download it instead."
)


@require_safe
def cue_download(request: SignedInRequest, reference: str) -> HttpResponse:
    """Download the tracklist as a CUE sheet."""
    seen = recording_of(request.user, reference, rows=ROWS.all())
    tracklist = _asked(seen.recording, request.GET.get("source", ""))
    try:
        text = _text(seen.recording, lines_of(tracklist), _file_of(seen.recording))
    except UnreadableError as error:
        return shown_page(request, seen, status=409, sentence=str(error))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{reference}.cue"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def cue_write(request: SignedInRequest, reference: str) -> HttpResponse:
    """Write the CUE sheet beside the recording's file; ask before one of somebody else is replaced."""
    seen = changeable_recording_of(request.user, reference, rows=ROWS.all())
    tracklist, file = _asked(seen.recording, request.POST.get("source", "")), _file_of(seen.recording)
    if file is None:
        return shown_page(request, seen, status=409, sentence=NO_FILE)
    try:
        text = _text(seen.recording, lines_of(tracklist), file)
        digest = write_sidecar(
            file, text, own_digest=tracklist.sidecar_sha256, replace="replace" in request.POST
        )
    except ForeignError:
        return shown_page(request, seen, status=409, foreign=True)
    except (UnreadableError, NotRead) as error:
        return shown_page(request, seen, status=409, sentence=str(error))
    Tracklist.objects.filter(pk=tracklist.pk).update(sidecar_sha256=digest)
    messages.success(request, f"The CUE sheet is written beside {os.path.basename(file.shown_path)}.")
    return see_other("recordings:tracklist", reference)


@require_POST
def cue_read(request: SignedInRequest, reference: str) -> HttpResponse:
    """Read the CUE sheet that lies beside the recording's file."""
    seen: SeenRecording = changeable_recording_of(request.user, reference, rows=ROWS.all())
    try:
        found = import_beside(seen.recording)
    except NotRead as refusal:
        return shown_page(request, seen, status=409, sentence=str(refusal))
    if found is None:
        sentence = "There is no CUE sheet beside the file. It has to have the file’s name and end in .cue."
        return shown_page(request, seen, status=409, sentence=sentence)
    if found.problem:
        return shown_page(request, seen, status=409, sentence=found.problem)
    messages.success(request, "The CUE sheet beside the file is read.")
    return see_other("recordings:tracklist", reference)


def _asked(recording: Recording, source: str) -> Tracklist:
    """Return the tracklist of a source, the main one for none. Raises Http404."""
    found: Sequence[Tracklist] = tracklists_of(recording)
    asked = next((each for each in found if each.source == source or not source), None)
    if asked is None:
        raise Http404
    return asked


def _file_of(recording: Recording) -> File | None:
    return recording.files.filter(state=FileState.PRESENT).select_related("shelf").order_by("pk").first()


def _text(recording: Recording, lines: list[Line], file: File | None) -> str:
    name = os.path.basename(file.shown_path) if file else f"{recording.reference}.wav"
    return cue_text(lines, file_name=name, title=title_of(recording), performer=recording.artist)
