"""The month of a label's releases."""

import re
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from labels.access import desk_of
from releases.desk_context import today_at
from releases.month.page import FIRST_YEAR, LAST_YEAR, page_of

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


@require_safe
def release_month(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the month that the address names (`?month=2026-12`), or this one."""
    desk = desk_of(request.user, slug)
    year, month = _asked(request.GET.get("month", ""), today_at(desk.label))
    return render(request, "releases/month/month.html", page_of(desk, year, month))


def _asked(text: str, today: date) -> tuple[int, int]:
    """Return year and month. Raises BadRequest."""
    if not text:
        return today.year, today.month
    found = MONTH.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise BadRequest
    return int(found[1]), int(found[2])
