"""The producer's page of what the label needs, and handing it in."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from submissions.choices import DeliverableState, Transition
from submissions.deliverables.forms import HandInForm
from submissions.deliverables.page import Row, rows_of, summary_of
from submissions.forms import attempt, producer_of
from submissions.models import Deliverable, Submission
from submissions.producer_pages import actions
from submissions.producer_pages.access import get_own
from submissions.transition_table import RULES

RULE = RULES[Transition.HAND_IN]


@require_http_methods(["GET", "HEAD", "POST"])
def item_hand_in(request: SignedInRequest, reference: str) -> HttpResponse:
    """List what the label needs with a form for each open thing, or hand one in."""
    submission = get_own(request.user, reference)
    if request.method == "POST":
        return _hand_in(request, submission)
    if submission.is_draft:
        return redirect(submission)
    return _page(request, submission)


def _hand_in(request: SignedInRequest, submission: Submission) -> HttpResponse:
    number = request.POST.get("item", "")
    items = Deliverable.objects.of(submission)
    item = items.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None
    if item is None:
        return _page(request, submission, sentence="Choose what you hand in.", status=422)
    form = _form_of(item, request.POST)
    outcome = attempt(form, submission, Transition.HAND_IN, producer_of(request))
    if outcome.event:
        messages.success(request, f"“{item}” is handed in.")
        return see_other("submissions:hand-in", reference=submission.reference)
    fresh = get_own(request.user, submission.reference)
    answered: Any = outcome.form
    answered.auto_id = form.auto_id
    return _page(
        request, fresh, answered=(item.number, answered), sentence=outcome.sentence, status=outcome.status
    )


def _form_of(item: Deliverable, data: Any = None, turn: int | None = None) -> HandInForm:
    known = {} if item.is_personal else item.value
    initial = {"item": item.number, **known}
    return HandInForm(data, turn=turn, kind=item.kind, initial=initial, auto_id=f"id_{item.number}_%s")


def _page(
    request: SignedInRequest,
    submission: Submission,
    *,
    answered: tuple[int, HandInForm] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = rows_of(submission, team=False, sees_personal=True)
    is_open = actions.is_open(submission, RULE)
    context = {
        "submission": submission,
        "rows": [_with_form(row, submission, answered) for row in rows] if is_open else rows,
        "summary": summary_of(rows),
        "effect": actions.choice(submission, RULE).effect,
        "sentence": sentence,
    }
    return render(request, "submissions/deliverables/needed.html", context, status=status)


def _with_form(row: Row, submission: Submission, answered: tuple[int, HandInForm] | None) -> Row:
    if row.item.state != DeliverableState.ASKED:
        return row
    if answered and answered[0] == row.item.number:
        return replace(row, form=answered[1])
    return replace(row, form=_form_of(row.item, turn=submission.turn))
