"""Public projects as strangers see them: the list, one of them, and asking to join."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from kit import pages
from kit.forms import KeyedForm
from kit.htmx import see_other
from kit.routes import url_for
from studio.access import project_of
from studio.choices import Act, Level
from studio.forms import Outcome, attempt
from studio.levels import level_in_project
from studio.models import Project
from studio.names import PRIVATE_NOW
from studio.open_projects.forms import AskForm, OpenFilter
from studio.open_projects.page import join_panel, rows_of
from studio.open_projects.search import LATEST_FIRST, open_projects, words_of
from studio.project_page.page import page_of

SIZE = 30
PROJECT = "studio/project_page/project.html"
EXPIRED = "This page has expired. Try again."


@require_safe
def open_list(request: SignedInRequest) -> HttpResponse:
    """List public projects in the making that one could join, lately worked on first."""
    form = OpenFilter(request.GET)
    words = words_of(form.cleaned_data["q"]) if form.is_valid() else []
    typed = form.data.get("q", "")
    rows = open_projects(request.user, words) if words or not typed else open_projects(request.user).none()
    page = pages.page(rows, request.GET, order=LATEST_FIRST, size=SIZE)
    context = {"here": "open", "form": form, "text": typed, "page": page, "rows": rows_of(page)}
    return render(request, "studio/open_projects/list.html", context, status=200 if form.is_valid() else 422)


@require_POST
def request_make(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask to join a public project."""
    seen = project_of(request.user, code)
    if seen.level > Level.SEE:
        messages.info(request, "You are already in the crew.")
        return see_other("studio:project", code)
    outcome = attempt(AskForm(request.POST), seen.project, Act.ASK_TO_JOIN, request.user)
    if outcome.event is None:
        return _refused(request, code, outcome)
    messages.success(request, "Your request is sent. You will be told when it is answered.")
    return see_other("studio:project", code)


@require_POST
def request_withdraw(request: SignedInRequest, code: str) -> HttpResponse:
    """Take a request back that waits for an answer, also of a project that is private now."""
    if unseen := _unseen(request.user, code):
        return _withdraw_unseen(request, unseen)
    seen = project_of(request.user, code)
    if seen.level > Level.SEE:
        return see_other("studio:project", code)
    outcome = attempt(KeyedForm(request.POST), seen.project, Act.WITHDRAW_REQUEST, request.user)
    if outcome.event is None:
        return _refused(request, code, Outcome(outcome.status, None, sentence=outcome.sentence or EXPIRED))
    messages.success(request, f"You withdrew your request to join {seen.project}.")
    return see_other("studio:project", code)


def _unseen(user: User, code: str) -> Project | None:
    """Return a project that somebody asked to join and does not see any more."""
    rows = Project.objects.current().with_shown().filter(code=code, requests__user=user)
    found = rows.first()
    return found if found and level_in_project(user, found) == Level.NONE else None


def _withdraw_unseen(request: SignedInRequest, project: Project) -> HttpResponse:
    outcome = attempt(KeyedForm(request.POST), project, Act.WITHDRAW_REQUEST, request.user)
    if outcome.event is None:
        messages.warning(request, outcome.sentence or EXPIRED)
    else:
        messages.success(request, f"You withdrew your request to join {PRIVATE_NOW}.")
    return see_other(f"{url_for('studio:requests')}?show=own")


def _refused(request: SignedInRequest, code: str, outcome: Outcome) -> HttpResponse:
    """Show the project as it is now, with the form as it was sent."""
    seen = project_of(request.user, code)
    context = page_of(seen, request.user, **join_panel(seen, request.user, outcome.form))
    return render(request, PROJECT, context | {"sentence": outcome.sentence}, status=outcome.status)
