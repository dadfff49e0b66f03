"""The producer's pages of offers: all of them side by side, and the deal memo to print."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from submissions.models import Submission
from submissions.offers.page import Offers, offers_of
from submissions.producer_pages import access
from submissions.producer_pages.actions import open_choices
from submissions.transition_table import NEGOTIATED


@require_safe
def offer_show(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show all offers of both sides."""
    submission, offers = _own(request, reference)
    choices = open_choices(submission) if submission.state in NEGOTIATED else []
    context = {"submission": submission, "offers": offers, "choices": choices}
    return render(request, "submissions/offers/offer.html", context)


@require_safe
def deal_memo(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the signed offer, as a page to print."""
    submission, offers = _own(request, reference)
    return memo_page(request, submission, offers, "submissions/offers/deal_memo.html")


def memo_page(
    request: SignedInRequest, submission: Submission, offers: Offers, template: str, **more: object
) -> HttpResponse:
    """Return the memo of the deal that stands. Raises Http404 where there is none."""
    if offers.signed is None:
        raise Http404
    signature = submission.events.filter(transition="sign").latest("sequence")
    context = {"submission": submission, "column": offers.signed, "signature": signature, **more}
    return render(request, template, context)


def _own(request: SignedInRequest, reference: str) -> tuple[Submission, Offers]:
    submission = access.get_own(request.user, reference)
    offers = offers_of(submission)
    if offers is None:
        raise Http404
    return submission, offers
