"""The crew of a project or pack: who is in it, who joins, changes and leaves, and who sees what it works on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.forms import KeyedForm
from kit.htmx import see_other
from studio.choices import Act, Visibility
from studio.crew_page.forms import AddForm, VisibilityForm
from studio.crew_page.page import Row, Subject, change_form, crew_page_of, subject_of
from studio.forms import Outcome, attempt
from studio.names import name_of

PAGE = "studio/crew_page/crew.html"
GONE = "They are no longer in the crew."


@require_safe
def crew_show(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the crew to everybody in it."""
    return _page(request, subject_of(request.user, code))


@require_POST
def crew_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Add somebody, found by their address or their producer page."""
    subject = _changed(request, code, Act.ADD_CREW)
    form = AddForm(request.POST, auto_id="add_%s")
    outcome = attempt(form, subject.it, Act.ADD_CREW, request.user)
    said = f"{name_of(form.cleaned_data['person'])} was added to the crew." if outcome.event else ""
    return _answer(request, subject, outcome, "add", said)


@require_POST
def crew_change(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Give somebody in the crew another level or other parts."""
    subject = _changed(request, code, Act.ADD_CREW)
    row = _row(subject, pk)
    if row is None:
        return _page(request, subject, 409, sentence=GONE)
    outcome = attempt(change_form(row, request.POST), subject.it, Act.ADD_CREW, request.user, person=row.user)
    return _answer(request, subject, outcome, str(pk), f"The changes for {name_of(row.user)} are saved.")


@require_POST
def crew_remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    subject = _changed(request, code, Act.REMOVE_CREW)
    row = _row(subject, pk)
    if row is None:
        return _page(request, subject, 409, sentence=GONE)
    form = KeyedForm(request.POST)
    outcome = attempt(form, subject.it, Act.REMOVE_CREW, request.user, person=row.user_id)
    return _answer(request, subject, outcome, "", f"{name_of(row.user)} is no longer in the crew.")


@require_POST
def crew_leave(request: SignedInRequest, code: str) -> HttpResponse:
    """Take oneself out of a crew."""
    subject = _changed(request, code, Act.LEAVE)
    outcome = attempt(KeyedForm(request.POST), subject.it, Act.LEAVE, request.user)
    if outcome.event is None:
        return _answer(request, subject, outcome, "", "")
    messages.success(request, f"You left the crew of {subject.it}.")
    return see_other("studio:next")


@require_POST
def visibility_change(request: SignedInRequest, code: str) -> HttpResponse:
    """Let everybody who is signed in see it, or its crew alone."""
    subject = _changed(request, code, Act.SET_VISIBILITY)
    outcome = attempt(VisibilityForm(request.POST), subject.it, Act.SET_VISIBILITY, request.user)
    return _answer(request, subject, outcome, "visibility", _seen_by(outcome, subject))


def _seen_by(outcome: Outcome, subject: Subject) -> str:
    if outcome.event is None:
        return ""
    is_public = outcome.form.cleaned_data["visibility"] == Visibility.PUBLIC
    return f"{'Everybody who is signed in' if is_public else 'Only its owner and crew'} can see {subject.it} now."


def _changed(request: SignedInRequest, code: str, act: Act) -> Subject:
    subject = subject_of(request.user, code)
    subject.seen.require(act)
    return subject


def _row(subject: Subject, pk: int) -> Row | None:
    found: Row | None = subject.it.crew.select_related("user__profile").filter(pk=pk).first()
    return found


def _answer(
    request: SignedInRequest, subject: Subject, outcome: Outcome, name: str, said: str
) -> HttpResponse:
    """Lead back to the page, or show it with the form that was refused."""
    if outcome.event is None:
        shown = {name: outcome.form} if name else {}
        return _page(request, subject, outcome.status, forms=shown, sentence=outcome.sentence)
    messages.success(request, said)
    return see_other(subject.url_of("crew"))


def _page(
    request: SignedInRequest, subject: Subject, status: int = 200, *, sentence: str = "", **more: Any
) -> HttpResponse:
    context = crew_page_of(subject, request.user, **more) | {"sentence": sentence}
    return render(request, PAGE, context, status=status)
