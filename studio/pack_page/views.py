"""One pack: its projects, put in and taken out, in order."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from accounts.requests import SignedInRequest
from kit import attempts
from kit.forms import KeyedForm
from kit.htmx import answer, see_other, target_of
from kit.routes import url_for
from studio.access import SeenPack, SeenProject, pack_of, project_of
from studio.choices import Act
from studio.forms import Outcome, attempt
from studio.models import Project
from studio.new_project import begin_project
from studio.pack_page.forms import NewProjectForm, OptionalForm, PlaceForm, ProjectOrderForm
from studio.pack_page.page import page_of
from studio.similar_songs.notice import warn_if_done
from studio.step_lists import default_of, steps_of

EXPIRED = "This page has expired. Try again."
PAGES, ORDER_BASE = "studio/pack_page/", "order-base"
PARTIALS = dict.fromkeys(("pack-projects", ORDER_BASE), f"{PAGES}_projects.html")


@require_safe
def pack_show(request: SignedInRequest, code: str) -> HttpResponse:
    return _page(request, pack_of(request.user, code))


@require_POST
def project_make(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin a project in the pack."""
    seen = pack_of(request.user, code)
    seen.require(Act.ORDER_PROJECTS)
    form = NewProjectForm(request.POST)

    def making(**carried: Any) -> Project:
        steps = steps_of(request.user, default_of(request.user))
        return begin_project(request.user, pack=seen.pack, steps=steps, **carried, **form.details())

    outcome = attempts.attempt(form, making, lambda: form)
    if outcome.event is None:
        refused = Outcome(outcome.status, form, sentence=outcome.sentence)
        return _page(request, seen, refused, new_form=form)
    warn_if_done(request, outcome.event)
    return see_other(f"{_url(seen)}#pack-projects")


@require_POST
def project_place(request: SignedInRequest, code: str) -> HttpResponse:
    """Put a project of one's own into the pack."""
    seen = pack_of(request.user, code)
    seen.require(Act.ORDER_PROJECTS)
    form = PlaceForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, seen, Outcome(422, form), place_form=form)
    outcome = attempt(form, form.cleaned_data["project"], Act.PLACE, request.user, pack=seen.pack)
    return _done(request, seen, outcome, place_form=outcome.form)


@require_POST
def projects_order(request: SignedInRequest, code: str) -> HttpResponse:
    seen = pack_of(request.user, code)
    seen.require(Act.ORDER_PROJECTS)
    outcome = attempt(ProjectOrderForm(request.POST), seen.pack, Act.ORDER_PROJECTS, request.user)
    if target_of(request) != ORDER_BASE:
        return _done(request, seen, outcome)
    if outcome.event:  # the list stands in that order already: another press may be on its way
        return answer(request, "studio/_order_base.html", {"key": _key(), "saved": True})
    return retarget(reswap(_page(request, seen, outcome), "outerHTML"), "#pack-projects")


@require_POST
def project_take_out(request: SignedInRequest, code: str, project: str) -> HttpResponse:
    seen, found = _project_in(request, code, project)
    found.require(Act.TAKE_OUT)
    outcome = attempt(KeyedForm(request.POST), found.project, Act.TAKE_OUT, request.user)
    if outcome.event:
        messages.success(request, f"“{found.project.shown_title}” is removed from the pack.")
    return _done(request, seen, outcome)


@require_POST
def project_optional(request: SignedInRequest, code: str, project: str) -> HttpResponse:
    """Say whether the pack can do without a project."""
    seen, found = _project_in(request, code, project)
    found.require(Act.EDIT)
    return _done(request, seen, attempt(OptionalForm(request.POST), found.project, Act.EDIT, request.user))


def _project_in(request: SignedInRequest, code: str, project: str) -> tuple[SeenPack, SeenProject]:
    """Return the pack and a project of it; Http404 for who may not see both."""
    seen, found = pack_of(request.user, code), project_of(request.user, project)
    if found.project.pack_id != seen.pack.pk:
        raise Http404
    return seen, found


def _done(request: SignedInRequest, seen: SeenPack, outcome: Outcome, **more: Any) -> HttpResponse:
    """Answer with the projects as they are now, or go to the page; a refusal is shown there."""
    if outcome.event and target_of(request) not in PARTIALS:
        return see_other(f"{_url(seen)}#pack-projects")
    return _page(request, seen, outcome, **more)


def _page(
    request: SignedInRequest, seen: SeenPack, outcome: Outcome | None = None, **more: Any
) -> HttpResponse:
    page = page_of(seen, request.user) | {"key": _key()}
    if page["may_edit"]:
        page |= {"new_form": NewProjectForm(auto_id="new_%s"), "place_form": PlaceForm(user=request.user)}
    status = outcome.status if outcome and outcome.event is None else 200
    expired = (
        EXPIRED if status == 422 and not more else ""
    )  # a button says nothing wrong, but that its page is old
    said = {"sentence": (outcome.sentence if outcome else "") or expired, **more}
    return answer(request, f"{PAGES}pack.html", page | said, partials=PARTIALS, status=status)


def _url(seen: SeenPack) -> str:
    return url_for("studio:pack", seen.pack.code)


def _key() -> str:
    return str(KeyedForm()["key"].value())
