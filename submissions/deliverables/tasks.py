"""Jobs about deliverables: links are checked, and whoever is late is reminded once a week."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kit import jobs
from kit.clock import now
from submissions.choices import Ball
from submissions.deliverables import link_checks
from submissions.deliverables.status import BALLS
from submissions.links.checks import GAP
from submissions.links.looks import look, request_policy
from submissions.models import Deliverable, Submission

LOOK, DAILY, REMIND = (
    "submissions.look_at_deliverable",
    "submissions.look_at_deliverables",
    "submissions.remind_of_deliverables",
)
RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)
LOW_PRIORITY = -10
PAUSE = timedelta(days=7)
"""Between two reminders of the same thing."""

SPREAD = 20 * 60 * 60
STRIDE = 7919
"""Checks are spread over so many seconds of a day, neighbours so many seconds apart."""


@app.task(name=LOOK, retry=RETRY, priority=LOW_PRIORITY)
def look_at_deliverable(*, deliverable_id: int) -> None:
    """Check the link of a deliverable, again later if a failure is not proven yet."""
    found = link_checks.watched().filter(pk=deliverable_id).first()
    policy = request_policy()
    if found and link_checks.check(found, lambda url: look(url, policy)):
        again = now() + GAP + timedelta(minutes=5)
        jobs.defer_later(LOOK, again, priority=LOW_PRIORITY, deliverable_id=deliverable_id)


@app.periodic(cron="50 2 * * *")
@app.task(name=DAILY, queueing_lock=DAILY, pass_context=False, retry=RETRY)
def look_at_deliverables(timestamp: int = 0) -> int:
    """Queue a check of each link that was handed in, spread over the day; return how many."""
    if not settings.LINK_CHECKS:
        return 0
    found = list(link_checks.watched().order_by("pk").values_list("pk", flat=True))
    for pk in found:
        moment = now() + timedelta(seconds=pk * STRIDE % SPREAD)
        jobs.defer_later(LOOK, moment, priority=LOW_PRIORITY, deliverable_id=pk)
    return len(found)


@app.periodic(cron="20 7 * * *")
@app.task(name=REMIND, queueing_lock=REMIND, pass_context=False, retry=RETRY)
def remind_of_deliverables(timestamp: int = 0) -> int:
    """Remind producers and teams of what is late, each thing once a week; return how many reminders that made."""
    groups = defaultdict[tuple[int, Ball], list[int]](list)
    for pk, submission, state in _unreminded(now()).values_list("pk", "submission", "state"):
        groups[submission, BALLS[state]].append(pk)
    return sum(_remind(submission, ball, rows) for (submission, ball), rows in sorted(groups.items()))


def _unreminded(moment: datetime) -> QuerySet[Deliverable]:
    """Return what is late, and was not reminded of this week."""
    is_due = Q(reminded_at=None) | Q(reminded_at__lte=moment - PAUSE)
    return Deliverable.objects.late(moment).filter(is_due)


def _remind(submission_id: int, ball: Ball, rows: list[int]) -> bool:
    """Mark these rows as reminded of and announce it; not at a suspended label, nor what moved on meanwhile."""
    with transaction.atomic():
        submission = Submission.objects.locked(submission_id)
        late = _unreminded(now()).filter(pk__in=rows)
        found = [row for row in late if BALLS[row.state] == ball]
        if not found or submission.label.is_suspended:
            return False
        late.filter(pk__in=[row.pk for row in found]).update(reminded_at=now())
        jobs.announce("late_deliverables", submission_id=submission_id, ball=ball.value)
    return True
