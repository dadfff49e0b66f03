"""A label that has been sent demos, and what the worker would have done since."""

from datetime import UTC, datetime, timedelta
from typing import Any

from catalog.tests.builders import make_producer, make_track
from insights.facts import write
from kit.clock import at
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_member
from submissions.models import Submission
from submissions.tests.builders import act, make_submission

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def demo(label: Label, state: str = "submitted", days_ago: float = 3, **track: Any) -> Submission:
    """Return a submission by somebody new, which came so many days before `NOW` and went on at once."""
    with at(NOW - timedelta(days=days_ago)):
        return make_submission(state, label=label, track=make_track(make_producer(), **track))


def passed(label: Label, reason: str, days_ago: float = 3) -> Submission:
    """Return one that was opened at once and passed on six hours later."""
    received = demo(label, "in_review", days_ago)
    with at(NOW - timedelta(days=days_ago) + timedelta(hours=6)):
        manager = make_member(label, Role.MANAGER)
        return act(received, "reject", manager=manager, reason=reason, welcome="another").submission


def keep_up() -> None:
    """Write the facts of all submissions, as the worker does after events."""
    write(Submission.objects.sent().values_list("pk", flat=True))
