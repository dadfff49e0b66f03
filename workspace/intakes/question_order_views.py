"""The order in which an intake asks its questions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from activity.models import Activity
from kit.htmx import target_of
from labels.access import Desk
from labels.models import Intake
from labels.questions import service as questions
from labels.questions.service import MovedMeanwhile
from workspace.access import READ_ONLY, intake_at, log, managed, may_write
from workspace.intakes.question_page import list_page_of
from workspace.intakes.question_views import LIST, back_to

BASE = "order-base"
"""The part of the page that says on which order it is based; what HTMX asks for."""


@require_POST
def questions_order(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Put the questions in the order of the form, or move one of them up or down."""
    desk = managed(request, slug)
    intake = intake_at(desk, code)
    order, moved = _order(request.POST)
    if not may_write(desk):
        return _stands(request, desk, intake, READ_ONLY)
    try:
        with transaction.atomic():
            if questions.put_in_order(intake, was=_numbers(request.POST, "was"), order=order):
                log(request, Activity.Kind.QUESTIONS_ORDERED, intake)
    except (MovedMeanwhile, ValidationError) as refusal:
        said = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
        return _stands(request, desk, intake, said)
    if target_of(request) == BASE:
        return render(request, "workspace/intakes/_order_swap.html", list_page_of(desk, intake))
    return back_to(desk, intake, moved)


def _stands(request: SignedInRequest, desk: Desk, intake: Intake, sentence: str) -> HttpResponse:
    """Answer 409 with the questions as they stand."""
    context = list_page_of(desk, intake, refusal=sentence)
    if target_of(request) != BASE:
        return render(request, LIST, context, status=409)
    response = render(request, "workspace/intakes/_questions.html", context, status=409)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#questions", "outerHTML"
    return response


def _order(posted: QueryDict) -> tuple[list[int], int | None]:
    """Return the order that is asked for, and which question a button moved."""
    order = _numbers(posted, "order")
    for name, step in (("up", -1), ("down", 1)):
        for number in _numbers(posted, name):
            if number in order:
                place = order.index(number)
                order.insert(max(place + step, 0), order.pop(place))
                return order, number
    return order, None


def _numbers(posted: QueryDict, name: str) -> list[int]:
    return [int(value) for value in posted.getlist(name) if value.isdecimal() and len(value) < 19]
