"""Demos with a past, told in days after they were sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import User
from insights import facts
from kit import clock
from labels.models import Label
from submissions.models import Submission
from submissions.tests.builders import act, make_draft

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday."""

Step = tuple[float, str] | tuple[float, str, dict[str, Any]]


def send(label: Label, manager: User, *steps: Step, days_ago: float = 30, **given: Any) -> Submission:
    """Return a demo sent so many days before `NOON`, to which this happened so many days later; not kept yet."""
    sent = NOON - timedelta(days=days_ago)
    with clock.at(sent):
        demo = act(make_draft(label=label, **given), "submit").submission
    for days, transition, *details in steps:
        with clock.at(sent + timedelta(days=days)):
            demo = act(demo, transition, manager=manager, **(details[0] if details else {})).submission
    return demo


def keep(*demos: Submission) -> None:
    """Write the facts of these, or of all."""
    everything = demos or Submission.objects.all()
    facts.write(each.pk for each in everything)
