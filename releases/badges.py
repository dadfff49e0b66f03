"""Releases in short: a state's icon and words, a date in words, and a row as lists, board and month draw it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from kit.clock import now
from releases.choices import State
from releases.models import Release, ReleaseStep
from releases.readiness import late_names_of
from releases.risk import risks_of

ICONS = {
    State.NEW: "plus",
    State.PLANNED: "edit",
    State.SCHEDULED: "scheduled",
    State.DELIVERED: "outbox",
    State.RELEASED: "released",
    State.CANCELLED: "withdrawn",
}


@dataclass(frozen=True)
class Card:
    """A release with its next open step, and why it is at risk."""

    release: Release
    day_words: str
    next_step: ReleaseStep | None = None
    risks: list[str] = field(default_factory=list)

    @property
    def icon(self) -> str:
        return icon_of(self.release.state)


def icon_of(state: str) -> str:
    """Return the icon of a release's state."""
    return ICONS[State(state)]


def cards_of(
    releases: Sequence[Release],
    *,
    lead_days: int,
    today: date,
    late: Mapping[int, list[str]] | None = None,
) -> list[Card]:
    """Return a page of releases of one label as cards. Two queries; one if it is given what producers are late with."""
    steps = _steps_to_show(releases, today)
    late = late_names_of(releases, now()) if late is None else late
    return [
        Card(
            release,
            day_words(release.release_on, today),
            next((step for step in steps.get(release.pk, ()) if step.number == release.next_step), None),
            risks_of(
                release,
                steps.get(release.pk, ()),
                lead_days=lead_days,
                today=today,
                overdue=late.get(release.pk, ()),
            ),
        )
        for release in releases
    ]


def _steps_to_show(releases: Iterable[Release], today: date) -> dict[int, list[ReleaseStep]]:
    """Return the overdue and the next open step of each release, and a few more."""
    numbers = {each.next_step for each in releases if each.next_step is not None}
    wanted = Q(due_on__lt=today) | Q(number__in=numbers)
    rows = ReleaseStep.objects.open().filter(wanted, release__in=[each.pk for each in releases])
    found: dict[int, list[ReleaseStep]] = {}
    for step in rows.select_related("assignee").order_by("release_id", "due_on", "position"):
        found.setdefault(step.release_id, []).append(step)
    return found


def day_words(day: date | None, today: date) -> str:
    """Return how far away a day is, "" without one: “in 12 days”, “today”, “3 days ago”."""
    if day is None:
        return ""
    days = (day - today).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days == 1 else "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"
