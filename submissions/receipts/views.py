"""Receipts: a page to print and a JSON file; the desk's views return the same two."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from submissions.models import Submission
from submissions.producer_pages import access as producer_pages_access
from submissions.receipts.printed_receipt import printed_receipt
from submissions.receipts.service import receipt, verifier


@login_not_required
@require_safe
def receipt_check(request: HttpRequest) -> HttpResponse:
    """Show anyone, signed in or not, how a receipt is checked without us."""
    return render(request, "submissions/receipts/check.html", {"program": verifier()})


@login_not_required
@require_safe
def receipt_verifier(request: HttpRequest) -> HttpResponse:
    """Download the program."""
    headers = {"Content-Disposition": 'attachment; filename="verify_receipt.py"'}
    return HttpResponse(verifier(), content_type="text/x-python; charset=utf-8", headers=headers)


@require_safe
def submission_receipt(request: SignedInRequest, reference: str) -> HttpResponse:
    return receipt_page(request, _sent(request, reference), "submissions/receipts/receipt.html")


@require_safe
def submission_receipt_json(request: SignedInRequest, reference: str) -> HttpResponse:
    return receipt_file(_sent(request, reference))


def receipt_page(request: HttpRequest, submission: Submission, template: str, **context: Any) -> HttpResponse:
    """Return the page to print."""
    return render(
        request,
        template,
        {
            "submission": submission,
            "receipt": printed_receipt(submission),
            "check_url": settings.BASE_URL + reverse("receipt-check"),
            **context,
        },
    )


def receipt_file(submission: Submission) -> HttpResponse:
    """Return the JSON file; it may be passed on, so it holds nothing that only the team may see."""
    options = {"indent": 1, "ensure_ascii": False}
    response = JsonResponse(receipt(submission, team=False), json_dumps_params=options)
    response["Content-Disposition"] = f'attachment; filename="receipt-{submission.reference}.json"'
    return response


def _sent(request: SignedInRequest, reference: str) -> Submission:
    """Return an own submission. Raises Http404 for a draft, which has no receipt."""
    submission = producer_pages_access.get_own(request.user, reference)
    if submission.is_draft:
        raise Http404
    return submission
