"""What insights do behind the scenes: follow events, keep records in step with time."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from insights import facts, records, release_facts
from kit.jobs import defer_once
from labels.choices import Status
from labels.models import Label, Suspension
from releases.models import ReleaseEvent
from submissions.choices import Transition
from submissions.models import Event
from submissions.projections import ANSWERS

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)
KEEP_RECORD = "insights.keep_record"
AFTER_FACTS = -5
"""A priority: the facts of many submissions first, then the label's record once."""


@app.task(name="insights.keep", retry=RETRY)
def keep(*, event_id: int) -> None:
    """Write the facts of an event's submission anew; a listener of events and of redactions."""
    event = Event.objects.select_related("submission").get(pk=event_id)
    facts.write([event.submission_id])
    if event.redacted_at or event.transition in ANSWERS | {Transition.EXPIRE}:
        label_id = event.submission.label_id
        defer_once(KEEP_RECORD, once=f"{KEEP_RECORD} {label_id}", priority=AFTER_FACTS, label_id=label_id)


@app.task(name="insights.keep_release", retry=RETRY)
def keep_release(*, event_id: int) -> None:
    """Write the facts of an event's release anew; a listener of releases' events."""
    release_facts.write(ReleaseEvent.objects.filter(pk=event_id).values_list("release", flat=True))


@app.task(name=KEEP_RECORD, retry=RETRY)
def keep_record(*, label_id: int) -> None:
    """Write a label's response record anew."""
    records.keep(Label.objects.get(pk=label_id))


@app.task(name="insights.heed_suspension", retry=RETRY)
def heed_suspension(*, suspension_id: int) -> None:
    """Let what a label owes not count while it is suspended, and again after; a listener of suspensions."""
    records.keep(Suspension.objects.select_related("label").get(pk=suspension_id).label)


@app.periodic(cron="17 3 * * *")
@app.task(name="insights.keep_records", queueing_lock="insights.keep_records", pass_context=False)
def keep_records(timestamp: int = 0) -> int:
    """Write all response records anew, since their ninety days move on; return how many changed."""
    return sum(
        records.keep(label) for label in Label.objects.exclude(status=Status.UNVERIFIED).order_by("pk")
    )
