"""The deal memo at the label's desk."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk.context import context_at
from submissions.offers.page import offers_of
from submissions.offers.views import memo_page


@require_safe
def deal_memo(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show the signed offer, as a page to print."""
    context = context_at(request, slug, reference)
    offers = offers_of(context.submission)
    if offers is None:
        raise Http404
    page = {"desk_context": context, "label": context.desk.label}
    return memo_page(request, context.submission, offers, "desk/offers/deal_memo.html", **page)
