"""A label's figures: the page and the file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from insights.csv_export import as_csv
from insights.label_stats import figures_of
from insights.page import page_of
from insights.period import Asked, asked_of
from kit.clock import now
from labels.access import Desk, desk_of

PAGE = "insights/figures.html"


@require_safe
def figures_show(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what the label's events add up to in a span of days; every member may read it."""
    desk = desk_of(request.user, slug)
    return _page(request, desk, asked_of(request.GET, desk.label, now()))


@require_safe
def figures_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Send the same figures as a file for a spreadsheet."""
    desk = desk_of(request.user, slug)
    asked = asked_of(request.GET, desk.label, now())
    if asked.span is None:
        return _page(request, desk, asked)
    figures = figures_of(desk.label, asked.span, request.user)
    response = StreamingHttpResponse(as_csv(figures), content_type="text/csv; charset=utf-8")
    name = f"{desk.label.slug}-insights-{asked.span.since}-{asked.span.until}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(request: SignedInRequest, desk: Desk, asked: Asked) -> HttpResponse:
    status = 200 if asked.span else 422
    return render(request, PAGE, page_of(desk.label, asked, request.user), status=status)
