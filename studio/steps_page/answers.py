"""Answers after something was done to steps: the steps alone to HTMX, otherwise the page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from accounts.requests import SignedInRequest
from kit.htmx import answer, see_other, target_of
from kit.routes import url_for
from studio.access import SeenProject, project_of
from studio.forms import Outcome
from studio.project_page.page import page_of

PAGE = "studio/project_page/project.html"
PARTIALS = {"steps": "studio/steps_page/_answer.html", "order-base": "studio/steps_page/_order_base.html"}
ROW = "studio/steps_page/_row_answer.html"
EXPIRED = "This page has expired. Try again."


def answer_steps(
    request: SignedInRequest,
    seen: SeenProject,
    outcome: Outcome,
    said: str,
    *,
    number: int | None = None,
    **more: Any,
) -> HttpResponse:
    """Answer with the step or the steps as they are now, or why it was refused; without HTMX lead back there."""
    if outcome.event and not target_of(request):
        messages.success(request, said)
        place = "steps" if number is None else f"step-{number}"
        return see_other(f"{url_for('studio:project', seen.project.code)}#{place}")
    return _fresh(request, seen, outcome, number, said=said if outcome.event else "", **more)


def answer_order(
    request: SignedInRequest, seen: SeenProject, outcome: Outcome, moved: int | None
) -> HttpResponse:
    """Answer with what the next order is based on, to HTMX with all steps where a button moved one."""
    return answer_steps(request, seen, outcome, "The order is saved.", number=moved)


def _fresh(
    request: SignedInRequest, seen: SeenProject, outcome: Outcome, number: int | None, **more: Any
) -> HttpResponse:
    fresh = project_of(request.user, seen.project.code)
    sentence = outcome.sentence
    if outcome.status == 422 and "quick_form" not in more:
        sentence = EXPIRED
    partials = PARTIALS | ({} if number is None else {f"step-{number}": ROW})
    name = "steps_sentence" if target_of(request) in partials else "sentence"
    page = page_of(fresh, request.user, **{name: sentence}, **more)
    page["row"] = next((row for row in page["steps"] if row.step.number == number), None)
    status = 200 if outcome.event else outcome.status
    return answer(request, PAGE, page, partials=partials, status=status)
