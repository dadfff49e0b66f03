"""One project."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.forms import KeyedForm
from kit.htmx import see_other
from kit.routes import url_for
from studio.access import project_of
from studio.choices import Act, State
from studio.crew_page.panel import with_crew
from studio.forms import Outcome, attempt
from studio.models import Project
from studio.project_page.forms import MoveForm
from studio.project_page.links import LinkForm
from studio.project_page.page import page_of

PAGE = "studio/project_page/project.html"
EXPIRED = "This page has expired. Try again."


@require_safe
def project_show(request: SignedInRequest, code: str) -> HttpResponse:
    seen = project_of(request.user, code, rows=with_crew(Project.objects.all()))
    return render(request, PAGE, page_of(seen, request.user))


@require_POST
def project_state(request: SignedInRequest, code: str) -> HttpResponse:
    """Move it to another state."""
    seen = project_of(request.user, code)
    seen.require(Act.SET_STATE)
    outcome = attempt(MoveForm(request.POST), seen.project, Act.SET_STATE, request.user)
    if outcome.event is None:
        return _refused(request, code, outcome)
    state = State(outcome.event.details["state"])
    messages.success(request, f"“{seen.project}” is now “{state.label}”.")
    return see_other("studio:project", code)


@require_POST
def link_add(request: SignedInRequest, code: str) -> HttpResponse:
    seen = project_of(request.user, code)
    seen.require(Act.ADD_LINK)
    form = LinkForm(request.POST)
    outcome = attempt(form, seen.project, Act.ADD_LINK, request.user)
    if outcome.event is None:
        page = page_of(project_of(request.user, code), request.user, link_form=form)
        return render(request, PAGE, page | {"sentence": outcome.sentence}, status=outcome.status)
    messages.success(request, "The link is added.")
    return see_other(f"{url_for('studio:project', code)}#links")


@require_POST
def link_remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    seen = project_of(request.user, code)
    seen.require(Act.REMOVE_LINK)
    outcome = attempt(KeyedForm(request.POST), seen.project, Act.REMOVE_LINK, request.user, link=pk)
    if outcome.event is None:
        return _refused(request, code, outcome)
    messages.success(request, "The link is removed.")
    return see_other(f"{url_for('studio:project', code)}#links")


def _refused(request: SignedInRequest, code: str, outcome: Outcome) -> HttpResponse:
    """Show the page as it is now, with why nothing was done."""
    seen = project_of(request.user, code)
    sentence = outcome.sentence or EXPIRED
    return render(request, PAGE, page_of(seen, request.user, sentence=sentence), status=outcome.status)
