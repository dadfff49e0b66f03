"""The board: releases still to come out, in a column for the area of their next step."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db.models import Count, QuerySet

from labels.access import Desk
from labels.choices import Role
from releases.badges import Card, cards_of
from releases.desk_context import page_context, today_at
from releases.models import Release
from releases.query_words import NONE
from releases.service import settings_of
from steps.choices import Area

MOST_CARDS = 12
AREAS = [(each.value, each.label) for each in Area] + [("", "No open step")]


@dataclass(frozen=True)
class Column:
    """An area with the releases whose next step is of it, the first to come out on top."""

    area: str
    name: str
    total: int
    cards: list[Card]
    query: str

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


def page_of(desk: Desk) -> dict[str, Any]:
    """Return the context of the board. Four queries."""
    live = Release.objects.of(desk.label).live().by_date()
    counts = dict(live.order_by().values_list("next_area").annotate(many=Count("pk")))
    cards = cards_of(
        _first_of_each(live), lead_days=settings_of(desk.label).lead_days, today=today_at(desk.label)
    )
    return {
        **page_context(desk),
        "here": "board",
        "columns": [_column(area, name, counts.get(area, 0), cards) for area, name in AREAS],
        "total": sum(counts.values()),
        "may_work": desk.at_least(Role.REVIEWER) and not desk.label.is_suspended,
        "key": uuid4,
    }


def _first_of_each(live: QuerySet[Release]) -> list[Release]:
    """Return the first cards of each column. One query, each part of it by the index of the board."""
    parts = [live.filter(next_area=area)[:MOST_CARDS] for area, _ in AREAS]
    return list(parts[0].union(*parts[1:], all=True))


def _column(area: str, name: str, total: int, cards: list[Card]) -> Column:
    own = [card for card in cards if card.release.next_area == area]
    return Column(area, name, total, own, urlencode({"area": area or NONE}))
