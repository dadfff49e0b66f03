"""What a producer does with what was sent: a page that says what the label will see, then the act."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.forms import ActionForm
from kit.htmx import see_other
from submissions.choices import Transition
from submissions.models import Submission
from submissions.outcome import attempt, producer_of
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages import actions
from submissions.producer_pages.actions import ACTS, Act
from submissions.producer_pages.views import submission_page
from submissions.timeline import offer_of

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def submission_withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    return _act(request, reference, ACTS[Transition.WITHDRAW])


@require_http_methods(METHODS)
def submission_sign(request: SignedInRequest, reference: str) -> HttpResponse:
    return _act(request, reference, ACTS[Transition.SIGN])


@require_http_methods(METHODS)
def submission_decline(request: SignedInRequest, reference: str) -> HttpResponse:
    return _act(request, reference, ACTS[Transition.DECLINE])


@require_http_methods(METHODS)
def submission_replace_link(request: SignedInRequest, reference: str) -> HttpResponse:
    return _act(request, reference, ACTS[Transition.REPLACE_LINK])


def _act(request: SignedInRequest, reference: str, act: Act) -> HttpResponse:
    submission = producer_pages_access.own(request.user, reference)
    if request.method == "POST":
        return _perform(request, submission, act)
    if not actions.is_open(submission, act.transition):
        messages.warning(request, f"“{act.title}” is not possible at the moment.")
        return redirect(submission)
    first_dead = next(iter(submission.dead_links), "audio")
    return _page(request, submission, act, act.form(turn=submission.turn, initial={"slot": first_dead}))


def _perform(request: SignedInRequest, submission: Submission, act: Act) -> HttpResponse:
    outcome = attempt(act.form(request.POST), submission, act.transition, producer_of(request))
    if outcome.event:
        messages.success(request, act.done)
        return see_other(submission)
    fresh = producer_pages_access.own_in_full(request.user, submission.reference)
    if outcome.status == 409 and not actions.is_open(fresh, act.transition):
        return submission_page(request, fresh, sentence=outcome.sentence, status=409)
    return _page(request, fresh, act, outcome.form, sentence=outcome.sentence, status=outcome.status)


def _page(
    request: SignedInRequest,
    submission: Submission,
    act: Act,
    form: ActionForm,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "submission": submission,
        "choice": actions.choice(submission, act),
        "form": form,
        "sentence": sentence,
        "offer": offer_of(submission) if act.transition in (Transition.SIGN, Transition.DECLINE) else None,
    }
    return render(request, "submissions/producer_pages/act.html", context, status=status)
