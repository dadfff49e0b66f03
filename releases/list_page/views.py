"""The list of a label's releases."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from labels.access import Desk, desk_of
from releases.badges import cards_of
from releases.desk_context import page_context, today_at
from releases.list_page.forms import ListFilter
from releases.models import Release
from releases.service import settings_of

SIZE = 40


@require_safe
def release_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List releases as the filter asks, what comes out first first."""
    desk = desk_of(request.user, slug)
    form = ListFilter(request.GET)
    is_valid = form.is_valid()
    context = {**page_context(desk), "form": form, "here": "list"}
    if is_valid:
        context |= _found(request, desk, form)
    status = 200 if is_valid else 422
    return render(request, "releases/list_page/list.html", context, status=status)


def _found(request: SignedInRequest, desk: Desk, form: ListFilter) -> dict[str, Any]:
    lead_days = settings_of(desk.label).lead_days
    today = today_at(desk.label)
    rows = form.narrow(Release.objects.of(desk.label).by_date(), today=today, lead_days=lead_days)
    found = pages.page(rows, request.GET, order=form.order(), size=SIZE)
    cards = cards_of(found.items, lead_days=lead_days, today=today)
    return {"page": found, "cards": cards, "is_filtered": not form.is_empty()}
