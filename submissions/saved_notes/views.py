"""A producer's saved notes: list, create, edit and delete."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from kit.forms import save_unless_taken
from kit.htmx import see_other
from submissions.models import SavedNote
from submissions.saved_notes.forms import TAKEN, SavedNoteForm
from submissions.saved_notes.service import MOST


@require_http_methods(["GET", "HEAD", "POST"])
def note_list(request: SignedInRequest) -> HttpResponse:
    """List the notes, with a form for a new one."""
    form = SavedNoteForm(request.POST or None, instance=SavedNote(producer=request.user), user=request.user)
    notes = list(SavedNote.objects.owned_by(request.user).order_by("name"))
    is_sent = request.method == "POST"
    if is_sent and len(notes) >= MOST:
        form.add_error(None, f"You have {MOST} saved notes, the most there can be. Delete one first.")
    if is_sent and form.is_valid() and (note := save_unless_taken(form, "name", TAKEN)):
        messages.success(request, f"“{note}” is saved.")
        return see_other("submissions:notes")
    context = {"form": form, "notes": notes}
    return render(request, "submissions/saved_notes/list.html", context, status=422 if is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def note_edit(request: SignedInRequest, code: str) -> HttpResponse:
    note = get_object_or_404(SavedNote.objects.owned_by(request.user), code=code)
    is_sent, name = request.method == "POST", note.name
    form = SavedNoteForm(request.POST if is_sent else None, instance=note, user=request.user)
    if is_sent and form.is_valid() and (saved := save_unless_taken(form, "name", TAKEN)):
        messages.success(request, f"“{saved}” is saved.")
        return see_other("submissions:notes")
    context = {"form": form, "name": name, "note": note}
    return render(request, "submissions/saved_notes/edit.html", context, status=422 if is_sent else 200)


@require_POST
def note_delete(request: SignedInRequest, code: str) -> HttpResponse:
    note = get_object_or_404(SavedNote.objects.owned_by(request.user), code=code)
    note.delete()
    messages.success(request, f"“{note}” is deleted. Notes you sent stay as they are.")
    return see_other("submissions:notes")
