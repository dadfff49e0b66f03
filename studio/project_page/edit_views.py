"""A project edited: its facts, cover, pack, track, who sees it, and the bin."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from kit.forms import KeyedForm
from kit.htmx import see_other
from studio.access import SeenProject, project_of
from studio.choices import Act
from studio.covers import CoverForm, save_cover
from studio.errors import NotPossible
from studio.event_keys import was_done
from studio.forms import Outcome, attempt
from studio.locks import lock
from studio.project_page.edit_page import edit_page_of
from studio.project_page.forms import FactsForm, PlaceForm, TrackForm, VisibilityForm
from studio.similar_songs.notice import warn_if_done

PAGE = "studio/project_page/edit.html"
EXPIRED = "This page has expired. Try again."


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Change the facts; who saves an older page is told what was saved meanwhile."""
    seen = project_of(request.user, code)
    seen.require(Act.EDIT)
    if request.method != "POST":
        return _page(request, seen)
    outcome = _save_facts(request, seen)
    if outcome.event is None:
        return _page(request, seen, outcome, facts_form=outcome.form)
    messages.success(request, "The details are saved.")
    if outcome.event.project and {"title", "artist"} & set(outcome.event.details["fields"]):
        warn_if_done(request, outcome.event.project)
    return see_other("studio:project", code)


@require_POST
def project_cover(request: SignedInRequest, code: str) -> HttpResponse:
    seen = project_of(request.user, code)
    seen.require(Act.SET_COVER)
    form = CoverForm(request.POST, request.FILES)
    outcome = save_cover(form, seen.project, request.user)
    return _answer(request, seen, outcome, "The cover is saved.", cover_form=form)


@require_POST
def project_visibility(request: SignedInRequest, code: str) -> HttpResponse:
    return _perform(
        request, code, Act.SET_VISIBILITY, VisibilityForm, "visibility_form", "Saved who can see it."
    )


@require_POST
def project_place(request: SignedInRequest, code: str) -> HttpResponse:
    """Put it at the end of a pack."""
    return _perform(request, code, Act.PLACE, PlaceForm, "place_form", "The project is in the pack.")


@require_POST
def project_take_out(request: SignedInRequest, code: str) -> HttpResponse:
    return _perform(request, code, Act.TAKE_OUT, KeyedForm, "", "The project is removed from its pack.")


@require_POST
def track_link(request: SignedInRequest, code: str) -> HttpResponse:
    """Say which track of the owner's catalogue it makes."""
    return _perform(request, code, Act.LINK_TRACK, TrackForm, "track_form", "The track is linked.")


@require_POST
def track_unlink(request: SignedInRequest, code: str) -> HttpResponse:
    return _perform(request, code, Act.UNLINK_TRACK, KeyedForm, "", "The track is unlinked.")


def _save_facts(request: SignedInRequest, seen: SeenProject) -> Outcome:
    """Save from the locked row, so that nobody saves in between."""
    with transaction.atomic():
        try:
            project = lock(seen.project).project
        except NotPossible as refusal:
            return Outcome(409, FactsForm(request.POST, project=seen.project), sentence=str(refusal))
        assert project
        form = FactsForm(request.POST, project=project)
        if form.is_valid() and was_done(request.user, form.cleaned_data["key"]):
            return attempt(form, project, Act.EDIT, request.user)
        if form.is_outdated():
            return Outcome(409, form)
        return attempt(form, project, Act.EDIT, request.user)


def _perform(
    request: SignedInRequest, code: str, act: Act, kind: type[KeyedForm], name: str, said: str
) -> HttpResponse:
    seen = project_of(request.user, code)
    seen.require(act)
    options: dict[str, Any] = {"user": request.user} if kind in (PlaceForm, TrackForm) else {}
    form = kind(request.POST, **options)
    outcome = attempt(form, seen.project, act, request.user)
    return _answer(request, seen, outcome, said, **({name: form} if name else {}))


def _answer(
    request: SignedInRequest, seen: SeenProject, outcome: Outcome, said: str, **forms: Any
) -> HttpResponse:
    if outcome.event is None:
        return _page(request, seen, outcome, **forms)
    messages.success(request, said)
    return see_other("studio:project", seen.project.code)


def _page(
    request: SignedInRequest, seen: SeenProject, outcome: Outcome | None = None, **forms: Any
) -> HttpResponse:
    """Show the page as it is now, with forms as they were sent."""
    if outcome is None:
        return render(request, PAGE, edit_page_of(seen, request.user))
    seen = project_of(request.user, seen.project.code)
    sentence = outcome.sentence or ("" if forms else EXPIRED)
    page = edit_page_of(seen, request.user, sentence=sentence, **forms)
    return render(request, PAGE, page, status=outcome.status)
