"""Whether a release is at risk, and why; pure functions."""

from collections.abc import Iterable
from datetime import date, timedelta

from releases.choices import State
from releases.models import Release, ReleaseStep

MOST_NAMED = 3


def risks_of(
    release: Release,
    steps: Iterable[ReleaseStep],
    *,
    lead_days: int,
    today: date,
    overdue: Iterable[str] = (),
) -> list[str]:
    """Return why a release is at risk, in sentences; none for one that is out, cancelled or on its way.

    `lead_days` are the label's, from delivery to release; `today` is the label's date; `overdue` names what producers
    owe and was due before.
    """
    if not release.is_live:
        return []
    late = [step for step in steps if step.is_open and step.due_on and step.due_on < today]
    found = [_delivery(release, lead_days, today), _named("overdue", [step.name for step in late])]
    return [*filter(None, [*found, _named("owed by producers and overdue", list(overdue))])]


def _delivery(release: Release, lead_days: int, today: date) -> str:
    if release.state != State.SCHEDULED or release.release_on is None:
        return ""
    if release.is_late(today):
        return "Its release day has come, and it is not delivered."
    if release.release_on - timedelta(days=lead_days) > today:
        return ""
    days = (release.release_on - today).days
    left = "tomorrow" if days == 1 else f"in {days} days"
    return f"It is not delivered and comes out {left}; deliver {lead_days} days before."


def _named(words: str, names: list[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    others = f" and {more} more" if more > 0 else ""
    verb = "is" if len(names) == 1 else "are"
    return f"{shown}{others} {verb} {words}."
