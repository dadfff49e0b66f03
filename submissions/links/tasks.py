"""Jobs that check links: when a revision brings new ones, then daily while the submission is live."""

from datetime import timedelta

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kit import jobs
from kit.clock import now
from submissions.choices import Transition
from submissions.deliverables.tasks import LOOK as LOOK_AT_ITEM
from submissions.links import checks
from submissions.links.looks import look, request_policy
from submissions.models import Deliverable, Event, Submission
from submissions.transition_table import LISTENABLE, REVISING

LOOK, DAILY = "submissions.look_at_links", "submissions.look_daily"
RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)
LOW_PRIORITY = -10
"""Checks wait for other servers; mail goes first."""

BATCH = 500
SPREAD = 20 * 60 * 60
"""Seconds of a day over which checks are spread; a submission always has the same time."""

STRIDE = 7919
"""Seconds between neighbours, which are often one producer's at one host."""


@app.task(name="submissions.check_links", retry=RETRY)
def check_links(*, event_id: int) -> None:
    """Queue a check of the links that an event brought; a listener of events."""
    event = Event.objects.get(pk=event_id)
    if settings.LINK_CHECKS and event.transition in REVISING:
        jobs.defer_later(LOOK, now(), priority=LOW_PRIORITY, submission_id=event.submission_id)
    if settings.LINK_CHECKS and event.transition == Transition.HAND_IN:
        handed = Deliverable.objects.filter(event=event).values_list("pk", flat=True)
        for pk in handed:
            jobs.defer_later(LOOK_AT_ITEM, now(), priority=LOW_PRIORITY, deliverable_id=pk)


@app.task(name=LOOK, retry=RETRY, priority=LOW_PRIORITY)
def look_at_links(*, submission_id: int) -> None:
    """Check a submission's links while it is live, again later if a failure is not proven yet."""
    submission = Submission.objects.filter(pk=submission_id, state__in=LISTENABLE).first()
    policy = request_policy()
    if submission and checks.check(submission, lambda url: look(url, policy)):
        again = now() + checks.GAP + timedelta(minutes=5)
        jobs.defer_later(LOOK, again, priority=LOW_PRIORITY, submission_id=submission_id)


@app.periodic(cron="40 2 * * *")
@app.task(name=DAILY, queueing_lock=DAILY, pass_context=False, retry=RETRY)
def look_daily(timestamp: int = 0, *, after: int = 0) -> int:
    """Queue a check of each live submission, spread over the day; return how many this batch queued.

    A full batch queues the next one, which continues `after` the last submission.
    """
    if not settings.LINK_CHECKS:
        return 0
    if not after:
        checks.delete_finished_checks()
    live = Submission.objects.filter(state__in=LISTENABLE, pk__gt=after).order_by("pk")
    batch = list(live.values_list("pk", flat=True)[:BATCH])
    for pk in batch:
        moment = now() + timedelta(seconds=pk * STRIDE % SPREAD)
        jobs.defer_later(LOOK, moment, priority=LOW_PRIORITY, submission_id=pk)
    if len(batch) == BATCH:
        jobs.defer([DAILY], after=batch[-1])
    return len(batch)
