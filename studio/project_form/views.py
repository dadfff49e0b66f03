"""A new project."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit import attempts
from kit.htmx import see_other
from studio.models import Project
from studio.new_project import begin_project
from studio.project_form.forms import NewProjectForm
from studio.similar_songs.notice import warn_if_done
from studio.step_lists import steps_of

KNOWN = ("title", "artist", "album", "year", "pack", "steps")
"""What an address may say of the project, for links on other pages."""


@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: SignedInRequest) -> HttpResponse:
    """Ask what a new project is, or begin it."""
    user = request.user
    if request.method != "POST":
        known = {name: request.GET[name] for name in KNOWN if request.GET.get(name)}
        return _page(request, NewProjectForm(initial=known, user=user))
    form = NewProjectForm(request.POST, user=user)

    def act(*, key: UUID) -> Project:
        said: dict[str, Any] = form.details()
        steps = steps_of(user, said.pop("steps"))
        return begin_project(user, key=key, steps=steps, **said)

    outcome = attempts.attempt(form, act, lambda: form)
    if outcome.event is None:
        return _page(request, form, sentence=outcome.sentence, status=outcome.status)
    messages.success(request, f"“{outcome.event.shown_title}” is created.")
    warn_if_done(request, outcome.event)
    return see_other("studio:project", outcome.event.code)


def _page(
    request: SignedInRequest, form: NewProjectForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "sentence": sentence}
    return render(request, "studio/project_form/new.html", context, status=status)
