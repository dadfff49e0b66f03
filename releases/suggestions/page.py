"""What to do next: nearly complete, dormant, and who a release waits for."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kit.clock import now
from labels.access import Desk
from releases.badges import Card, cards_of
from releases.desk_context import page_context, today_at
from releases.models import Release, ReleaseStep, ReleaseTrack
from releases.readiness import item_name, late_at
from releases.service import settings_of
from releases.steps_page.rows import who_of

NEARLY = 80
DORMANT_DAYS, SOON_DAYS = 14, 14
MOST, MOST_STEPS = 8, 60


@dataclass
class Waiting:
    """Somebody, "" for nobody in particular, with the next steps that wait for them."""

    who: str
    steps: list[ReleaseStep] = field(default_factory=list)
    overdue: int = 0


def page_of(desk: Desk) -> dict[str, Any]:
    """Return the context of the page. Six queries."""
    live, today = Release.objects.of(desk.label).live(), today_at(desk.label)
    nearly = list(live.nearly_complete(NEARLY).by_date()[:MOST])
    dormant = list(live.dormant_since(now() - timedelta(days=DORMANT_DAYS)).order_by("moved_at", "id")[:MOST])
    owing, lead_days = late_at(desk.label, now()), settings_of(desk.label).lead_days
    cards = cards_of([*nearly, *dormant], lead_days=lead_days, today=today, late=_named(owing))
    return {
        **page_context(desk),
        "here": "suggestions",
        "nearly": cards[: len(nearly)],
        "dormant": [(card, _days_since(card)) for card in cards[len(nearly) :]],
        "waiting": _waiting(desk, today),
        "owing": owing,
        "soon_days": SOON_DAYS,
    }


def _named(owing: list[ReleaseTrack]) -> dict[int, list[str]]:
    """Return the names of what is late, by release."""
    found: dict[int, list[str]] = {}
    for track in owing:
        found.setdefault(track.release_id, []).append(item_name(track))
    return found


def _days_since(card: Card) -> int:
    moved = card.release.moved_at
    return (now() - moved).days if moved else 0


def _waiting(desk: Desk, today: date) -> list[Waiting]:
    """Return who has the next step of a release that is due soon or overdue; whoever is latest first."""
    due = Release.objects.of(desk.label).live().due_soon(today + timedelta(days=SOON_DAYS))[:MOST_STEPS]
    found: dict[str, Waiting] = {}
    for step in _next_steps(list(due)):
        who = found.setdefault(who_of(step), Waiting(who_of(step)))
        who.steps.append(step)
        who.overdue += step.due_on is not None and step.due_on < today
    return sorted(found.values(), key=lambda each: -each.overdue)


def _next_steps(releases: list[Release]) -> list[ReleaseStep]:
    """Return the next step of each release, in their order. One query."""
    numbers = {release.next_step for release in releases if release.next_step is not None}
    rows = ReleaseStep.objects.open().filter(release__in=[each.pk for each in releases], number__in=numbers)
    found = {(step.release_id, step.number): step for step in rows.select_related("assignee")}
    for step in found.values():
        step.release = next(release for release in releases if release.pk == step.release_id)
    keys = [(release.pk, release.next_step) for release in releases]
    return [found[key] for key in keys if key in found]
