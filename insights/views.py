"""A label's figures, as a page and as a file; a producer's own."""

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import record
from accounts.requests import SignedInRequest
from insights.csv_export import as_csv
from insights.label_stats import figures_of
from insights.page import page_of
from insights.period import Period, period_of
from insights.producer_stats import producer_page_of
from kit.clock import now
from labels.access import Desk, desk_of

PAGE = "insights/figures.html"


@require_safe
def figures_show(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what the label's events add up to in a span of days; every member may read it."""
    desk = desk_of(request.user, slug)
    return _page(request, desk, period_of(request.GET, desk.label, now()))


@require_safe
def figures_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Send the same figures as a file for a spreadsheet."""
    desk = desk_of(request.user, slug)
    period = period_of(request.GET, desk.label, now())
    if period.span is None:
        return _page(request, desk, period)
    figures = figures_of(desk.label, period.span, request.user)
    record.tell("exported", actor=request.user, label_id=desk.label.pk, what="insights as CSV")
    response = StreamingHttpResponse(as_csv(figures), content_type="text/csv; charset=utf-8")
    name = f"{desk.label.slug}-insights-{period.span.since}-{period.span.until}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def producer_show(request: SignedInRequest) -> HttpResponse:
    """Show a producer what came of what they sent, over all labels and at each."""
    return render(request, "insights/producer_stats.html", producer_page_of(request.user))


def _page(request: SignedInRequest, desk: Desk, period: Period) -> HttpResponse:
    status = 200 if period.span else 422
    return render(request, PAGE, page_of(desk.label, period, request.user), status=status)
