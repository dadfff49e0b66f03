"""A month of releases as a calendar."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from labels.access import Desk
from releases.badges import icon_of
from releases.choices import State
from releases.desk_context import page_context, today_at
from releases.models import Release

MOST_ON_A_DAY = 4
MOST = 300
FIRST_YEAR, LAST_YEAR = 1900, 8999


@dataclass(frozen=True)
class Entry:
    """A release on its day."""

    release: Release
    icon: str


@dataclass(frozen=True)
class Day:
    """A day of the calendar with its releases; `more` are those that it does not show."""

    day: date
    is_in_month: bool
    is_today: bool
    entries: list[Entry]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.entries)


def page_of(desk: Desk, year: int, month: int) -> dict[str, Any]:
    """Return the context of a month. Two queries."""
    weeks = Calendar().monthdatescalendar(year, month)
    within = Release.objects.of(desk.label).exclude(state=State.CANCELLED)
    rows = within.filter(release_on__range=(weeks[0][0], weeks[-1][-1]))
    counts = dict(rows.order_by().values_list("release_on").annotate(many=Count("pk")))
    found: dict[date | None, list[Entry]] = {}
    for release in rows.order_by("release_on", "id")[:MOST]:
        found.setdefault(release.release_on, []).append(Entry(release, icon_of(release.state)))
    today = today_at(desk.label)
    return {
        **page_context(desk),
        "here": "month",
        "first": date(year, month, 1),
        "weeks": [[_day(day, month, today, found, counts) for day in week] for week in weeks],
        "total": sum(many for day, many in counts.items() if day and day.month == month),
        "previous": _other(year, month, -1),
        "following": _other(year, month, 1),
    }


def _day(
    day: date, month: int, today: date, found: dict[date | None, list[Entry]], counts: dict[date, int]
) -> Day:
    entries = found.get(day, [])[:MOST_ON_A_DAY]
    return Day(day, day.month == month, day == today, entries, counts.get(day, 0))


def _other(year: int, month: int, by: int) -> str:
    """Return the month before or after as the address names it, "" where there is none."""
    months = year * 12 + month - 1 + by
    year, month = divmod(months, 12)
    return f"{year:04}-{month + 1:02}" if FIRST_YEAR <= year <= LAST_YEAR else ""
