"""A producer's transitions: a page that says what the label will see, then the transition."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest, address_of
from kit.forms import ActionForm
from kit.htmx import see_other
from submissions.choices import Transition
from submissions.forms import attempt, producer_of
from submissions.models import Submission
from submissions.producer_pages import access as producer_pages_access
from submissions.producer_pages import actions
from submissions.producer_pages.forms import FORMS
from submissions.producer_pages.offer_actions import TEMPLATES, further_context, unbound_form
from submissions.producer_pages.views import submission_page
from submissions.state_machine import Rule
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
    return _page(request, submission, rule, unbound_form(submission, rule.name))


def _perform(request: SignedInRequest, submission: Submission, rule: Rule) -> HttpResponse:
    more = {"address": address_of(request)} if rule.name == Transition.SIGN else {}
    form = FORMS[rule.name](request.POST)
    outcome = attempt(form, submission, rule.name, producer_of(request), **more)
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
        **further_context(submission, rule.name, form),
    }
    template = TEMPLATES.get(rule.name, "submissions/producer_pages/act.html")
    return render(request, template, context, status=status)
