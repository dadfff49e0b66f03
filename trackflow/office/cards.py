"""The office's counts, as cards of numbers with links to the rows they count.

One query counts everything, each number up to 999. Large tables are counted over the desks' indexes, which is why
the query names every label.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from kit.counts import capped_counts, display_count
from trackflow.office.count_table import COUNTS, Count, Scope


@dataclass(frozen=True)
class Line:
    """A number with a link to its list; `is_bad` if somebody ought to look, `note` says more below."""

    words: str
    number: str
    url: str
    is_bad: bool
    note: str = ""


@dataclass(frozen=True)
class Card:
    title: str
    lines: list[Line]


def cards_of(site: AdminSite, request: HttpRequest, scope: Scope) -> list[Card]:
    """Return the cards of what this admin may see. One query."""
    visible = {title: counts for title, counts in _allowed(site, request).items() if counts}
    every = [count for counts in visible.values() for count in counts]
    numbers = dict(zip(every, capped_counts([count.rows(scope) for count in every]), strict=True))
    return [
        Card(title, [_line(site, count, numbers[count], scope) for count in counts])
        for title, counts in visible.items()
    ]


def can_list(site: AdminSite, request: HttpRequest, model: type[Model]) -> bool:
    """Whether this admin may open the model's list."""
    page = site._registry.get(model)  # Django has no public access to it
    return page is not None and page.has_view_or_change_permission(request)


def _allowed(site: AdminSite, request: HttpRequest) -> dict[str, list[Count]]:
    return {
        title: [each for each in counts if can_list(site, request, each.permission_model)]
        for title, counts in COUNTS.items()
        if title != "Recordings" or settings.SHELVES
    }


def _line(site: AdminSite, count: Count, number: int, scope: Scope) -> Line:
    url = ""
    if site.is_registered(count.model):
        meta = count.model._meta
        query = {name: _query_value(value) for name, value in count.query(scope).items()}
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") + f"?{urlencode(query)}"
    return Line(count.words, display_count(number), url, count.is_bad and number > 0)


def _query_value(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
