"""The tracklist of a recording: shown, pasted, edited."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from kit import jobs
from kit.htmx import see_other
from recordings.access import SeenRecording, changeable_recording_of, recording_of
from recordings.choices import TracklistSource
from recordings.models import Recording, Tracklist
from recordings.tracklists.day_form import DayForm
from recordings.tracklists.editor import Editor, editor_of, text_of_upload
from recordings.tracklists.line import MOST_LINES, UnreadableError
from recordings.tracklists.page import head_of, page_of, target_of
from recordings.tracklists.service import (
    OutdatedError,
    delete_tracklist,
    lines_of,
    save_tracklist,
    tracklists_of,
)

ROWS = Recording.objects.listed()
OUTDATED = "Somebody else saved this tracklist meanwhile. Yours is below; save again to replace theirs."


@require_safe
def tracklist_show(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show a recording's tracklist, that of one source if asked for."""
    seen = recording_of(request.user, reference, rows=ROWS.all())
    return shown_page(request, seen)


@require_http_methods(["GET", "HEAD", "POST"])
def tracklist_edit(request: SignedInRequest, reference: str) -> HttpResponse:
    """Edit a tracklist line by line; nothing is saved before it is asked for."""
    seen = changeable_recording_of(request.user, reference, rows=ROWS.all())
    shown = _shown(seen.recording, request.GET.get("source", ""))
    if request.method != "POST":
        editor = editor_of(lines_of(shown), shown.unread) if shown else Editor([])
        form = DayForm(initial={"played_on": shown.played_on if shown else None})
        return _edit_page(request, seen, editor, shown, form)
    editor, form = Editor.typed(request.POST), DayForm(request.POST)
    press = request.POST.get("do", "save")
    if press == "read":
        _read(request, editor)
    elif press != "save":
        editor.act(press)
    elif editor.is_valid() and form.is_valid():
        return _save(request, seen, editor, shown, form)
    wrong = press == "save" or editor.pasted_error
    return _edit_page(request, seen, editor, shown, form, status=422 if wrong else 200)


@require_POST
def tracklist_delete(request: SignedInRequest, reference: str) -> HttpResponse:
    """Delete the tracklist of one source."""
    seen = changeable_recording_of(request.user, reference, rows=ROWS.all())
    if not delete_tracklist(seen.recording, request.POST.get("source", "")):
        raise Http404
    messages.success(request, "The tracklist is deleted.")
    return see_other("recordings:tracklist", reference)


@require_POST
def tracklist_find(request: SignedInRequest, reference: str) -> HttpResponse:
    """Look for the shelf's own masters in a set, in the background."""
    seen = changeable_recording_of(request.user, reference, rows=ROWS.all())
    once = f"find_music {seen.recording.pk}"
    jobs.defer_once("recordings.find_music", once=once, queue=jobs.FILES, recording_id=seen.recording.pk)
    messages.success(request, "Looking for your masters in this set. Reload the page in a minute or two.")
    return see_other("recordings:tracklist", reference)


def shown_page(
    request: SignedInRequest, seen: SeenRecording, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Draw the tracklist with what just happened."""
    context = page_of(seen, request.GET.get("source", "")) | more
    return render(request, "recordings/tracklists/tracklist.html", context, status=status)


def _shown(recording: Recording, source: str) -> Tracklist | None:
    found = tracklists_of(recording)
    return next((each for each in found if each.source == source), found[0] if found else None)


def _read(request: SignedInRequest, editor: Editor) -> None:
    """Read what was pasted or uploaded into the form."""
    replace = "replace" in request.POST
    upload = request.FILES.get("file")
    try:
        text = text_of_upload(upload) if upload else request.POST.get("pasted", "")
    except UnreadableError as error:
        editor.pasted_error = str(error)
        return
    if text.strip():
        editor.read(text, replace=replace)
    else:
        editor.pasted_error = "Paste a tracklist, or choose a file."


def _save(
    request: SignedInRequest, seen: SeenRecording, editor: Editor, shown: Tracklist | None, form: DayForm
) -> HttpResponse:
    target = target_of(shown, was_pasted=editor.was_pasted)
    version = request.POST.get("version", "")
    try:
        row = save_tracklist(
            seen.recording,
            target,
            editor.lines(),
            by=request.user,
            unread=editor.unread.split("\n"),
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
        )
    except OutdatedError:
        return _edit_page(request, seen, editor, shown, form, status=409, sentence=OUTDATED)
    Tracklist.objects.filter(pk=row.pk).update(played_on=form.cleaned_data["played_on"])
    count = row.plays.count()
    messages.success(request, f"Tracklist saved: {count} {'line' if count == 1 else 'lines'}.")
    return see_other("recordings:tracklist", seen.recording.reference)


def _edit_page(
    request: SignedInRequest,
    seen: SeenRecording,
    editor: Editor,
    shown: Tracklist | None,
    form: DayForm,
    *,
    status: int = 200,
    sentence: str = "",
) -> HttpResponse:
    target = target_of(shown, was_pasted=editor.was_pasted)
    saved = Tracklist.objects.filter(recording=seen.recording, source=target).first()
    fresh = status == 409 or request.method != "POST"
    context = {
        **head_of(seen),
        "editor": editor,
        "shown": shown,
        "form": form,
        "version": (saved.version if saved else 0) if fresh else request.POST.get("version", ""),
        "most": MOST_LINES,
        "takes_over": shown is not None and target != shown.source,
        "target": TracklistSource(target).label,
        "sentence": sentence,
    }
    return render(request, "recordings/tracklists/edit.html", context, status=status)
