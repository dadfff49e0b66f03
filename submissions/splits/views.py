"""The producer's page of the splits: the last sheet with its answers, a new one, and the links once more."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest, impersonator_of
from kit.htmx import see_other
from submissions.choices import Transition
from submissions.forms import attempt, producer_of
from submissions.models import CoProducer, Share, Submission
from submissions.producer_pages import actions
from submissions.producer_pages.access import get_own
from submissions.splits import co_producers
from submissions.splits.forms import SplitsForm
from submissions.splits.link_mail import mail_link
from submissions.splits.page import sheet_page
from submissions.splits.sheets import WHOLE, own_share
from submissions.transition_table import RULES

RULE = RULES[Transition.SET_SPLITS]


@require_http_methods(["GET", "HEAD", "POST"])
def splits_set(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the splits with a form for a new sheet, or make one."""
    submission = get_own(request.user, reference)
    if request.method == "POST":
        return _set(request, submission)
    if submission.is_draft:
        return redirect(submission)
    return _page(request, submission)


def _set(request: SignedInRequest, submission: Submission) -> HttpResponse:
    form = SplitsForm(request.POST)
    if "more" in request.POST:
        return _page(request, submission, form.with_more_rows())
    outcome = attempt(form, submission, Transition.SET_SPLITS, producer_of(request))
    if outcome.event:
        assert RULE.producer
        messages.success(request, RULE.producer.done)
        return see_other("submissions:set-splits", reference=submission.reference)
    fresh = get_own(request.user, submission.reference)
    return _page(request, fresh, outcome.form, sentence=outcome.sentence, status=outcome.status)


def _page(
    request: SignedInRequest,
    submission: Submission,
    form: object | None = None,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    splits = sheet_page(submission)
    shares = splits.shares or [own_share(submission, WHOLE)]
    form = form or SplitsForm(turn=submission.turn, shares=shares)
    context = {
        "submission": submission,
        "splits": splits,
        "form": form if actions.is_open(submission, RULE) else None,
        "choice": actions.choice(submission, RULE),
        "sentence": sentence,
        "mistakes": status == 422,
    }
    return render(request, "submissions/splits/splits.html", context, status=status)


@require_POST
def splits_resend(request: SignedInRequest, reference: str, position: int) -> HttpResponse:
    """Mail somebody's link again."""
    submission = get_own(request.user, reference)
    if impersonator_of(request):
        raise Http404
    shares = Share.objects.with_submission().current().filter(sheet__submission=submission)
    share = shares.filter(position=position).first()
    if share is None or not share.can_be_mailed:
        messages.warning(request, "There is nobody to send this link to: they answered, or have no address.")
    elif mail_link(share):
        messages.success(request, f"The link is on its way to {share.said['name']}.")
    else:
        messages.warning(request, "This link was sent three times today. Try again tomorrow.")
    return see_other("submissions:set-splits", reference=submission.reference)


@require_POST
def co_producer_end(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """End a co-producer's access: their link is dead from now on."""
    submission, person = _co_producer(request, reference, number)
    co_producers.end(person)
    messages.success(request, f"{person.name} no longer sees this demo.")
    return see_other(f"{submission.get_absolute_url()}#co-producers")


@require_POST
def co_producer_send(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Mail a co-producer's link again."""
    submission, person = _co_producer(request, reference, number)
    if person.ended_at:
        messages.warning(request, f"You ended the access of {person.name}, so no link is sent.")
    elif co_producers.mail_again(person):
        messages.success(request, f"The link is on its way to {person.name}.")
    else:
        messages.warning(request, "This address got three links today. Try again tomorrow.")
    return see_other(f"{submission.get_absolute_url()}#co-producers")


def _co_producer(request: SignedInRequest, reference: str, number: int) -> tuple[Submission, CoProducer]:
    submission = get_own(request.user, reference)
    if impersonator_of(request):
        raise Http404
    return submission, get_object_or_404(CoProducer.objects.of(submission), number=number)
