"""The desk's receipts: the very same as the producer's, so that either side may show it to the other."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk.context import context_of
from submissions.receipts.views import receipt_file, receipt_page


@require_safe
def submission_receipt(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    context = context_of(request.user, slug, reference)
    return receipt_page(request, context.submission, "desk/review/receipt.html", label=context.desk.label)


@require_safe
def submission_receipt_json(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    return receipt_file(context_of(request.user, slug, reference).submission)
