"""A producer's transitions: a page that says what the label will see, then the transition."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.forms import ActionForm
from kit.htmx import see_other
from submissions.choices import Transition
from submissions.forms import attempt, producer_of
from submissions.models import Submission
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages import actions
from submissions.producer_pages.forms import FORMS
from submissions.producer_pages.views import submission_page
from submissions.state_machine import Rule
from submissions.timeline import offer_of
from submissions.transition_table import RULES


@require_http_methods(["GET", "HEAD", "POST"])
def submission_act(request: SignedInRequest, reference: str, transition: str) -> HttpResponse:
    """Show a transition's effect and form, or perform it."""
    rule = RULES[transition]
    submission = producer_pages_access.get_own(request.user, reference)
    if request.method == "POST":
        return _perform(request, submission, rule)
    if not actions.is_open(submission, rule):
        title = actions.choice(submission, rule).words.title
        messages.warning(request, f"“{title}” is not possible at the moment.")
        return redirect(submission)
    first_dead = next(iter(submission.dead_links), "audio")
    form = FORMS[rule.name](turn=submission.turn, initial={"slot": first_dead})
    return _page(request, submission, rule, form)


def _perform(request: SignedInRequest, submission: Submission, rule: Rule) -> HttpResponse:
    outcome = attempt(FORMS[rule.name](request.POST), submission, rule.name, producer_of(request))
    if outcome.event:
        messages.success(request, actions.choice(submission, rule).words.done)
        return see_other(submission)
    fresh = producer_pages_access.get_own_with_details(request.user, submission.reference)
    if outcome.status == 409 and not actions.is_open(fresh, rule):
        return submission_page(request, fresh, sentence=outcome.sentence, status=409)
    return _page(request, fresh, rule, outcome.form, sentence=outcome.sentence, status=outcome.status)


def _page(
    request: SignedInRequest,
    submission: Submission,
    rule: Rule,
    form: ActionForm,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "submission": submission,
        "choice": actions.choice(submission, rule),
        "form": form,
        "sentence": sentence,
        "offer": offer_of(submission) if rule.name in (Transition.SIGN, Transition.DECLINE) else None,
    }
    return render(request, "submissions/producer_pages/act.html", context, status=status)
