"""How things stand, as cards of numbers that lead to what they count.

All of it is counted in one query, each number no further than 999, over indexes where a table grows large: those
of the desks, for which every label is named.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from kit.counts import capped_counts, display_count
from trackflow.office.count_table import COUNTS, Count, Scope


@dataclass(frozen=True)
class Line:
    """A number, and the list it leads to; `is_bad` where somebody ought to look."""

    words: str
    number: str
    url: str
    is_bad: bool


@dataclass(frozen=True)
class Card:
    title: str
    lines: list[Line]


def cards_of(site: AdminSite, request: HttpRequest, scope: Scope) -> list[Card]:
    """Return the cards of what this admin may see. One query."""
    seen = {title: counts for title, counts in _allowed(site, request).items() if counts}
    wanted = [count for counts in seen.values() for count in counts]
    numbers = dict(zip(wanted, capped_counts([count.rows(scope) for count in wanted]), strict=True))
    return [
        Card(title, [_line(site, count, numbers[count], scope) for count in counts])
        for title, counts in seen.items()
    ]


def may_see(site: AdminSite, request: HttpRequest, model: type[Model]) -> bool:
    """Whether the model has a list in the office that this admin may open."""
    page = site._registry.get(model)  # Django names no other way to it
    return page is not None and page.has_view_or_change_permission(request)


def _allowed(site: AdminSite, request: HttpRequest) -> dict[str, list[Count]]:
    return {
        title: [each for each in counts if may_see(site, request, each.seen_with)]
        for title, counts in COUNTS.items()
    }


def _line(site: AdminSite, count: Count, number: int, scope: Scope) -> Line:
    url = ""
    if site.is_registered(count.model):
        meta = count.model._meta
        asked = {name: _said(value) for name, value in count.asked(scope).items()}
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") + f"?{urlencode(asked)}"
    return Line(count.words, display_count(number), url, count.is_bad and number > 0)


def _said(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
