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
from releases.list_page.term_table import TERMS
from releases.models import Release
from releases.service import settings_of

SIZE = 40


@require_safe
def release_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List releases as the filter asks, what comes out first first."""
    desk = desk_of(request.user, slug)
    form = ListFilter(request.GET)
    is_valid = form.is_valid()
    context = {**page_context(desk), "form": form, "controls": form, "here": "list", "terms": TERMS}
    if is_valid:
        context |= _found(desk, form)
    status = 200 if is_valid else 422
    return render(request, "releases/list_page/list.html", context, status=status)


def _found(desk: Desk, form: ListFilter) -> dict[str, Any]:
    lead_days, query = settings_of(desk.label).lead_days, form.query
    today = today_at(desk.label)
    rows = query.narrow(
        Release.objects.of(desk.label).by_date(), desk.label, today=today, lead_days=lead_days
    )
    found = pages.page(rows, form.page_query(), order=query.order, size=SIZE)
    cards = cards_of(found.items, lead_days=lead_days, today=today)
    controls = ListFilter.of(query)
    return {
        "page": found,
        "cards": cards,
        "is_filtered": bool(query.text),
        "text": query.text,
        "controls": controls,
    }
