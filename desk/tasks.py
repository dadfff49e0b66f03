"""What the desk does behind the scenes."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from desk.assignment import assignment_notice
from desk.bulk import runner
from desk.live import presence
from desk.models import Bulk
from desk.outbox import due_warnings, scheduled_sends
from desk.scores import service as scores
from desk.similar.fingerprints import recognise
from labels.models import Label
from submissions.models import Event
from submissions.transition_table import REVISING

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="desk.recognise", retry=RETRY)
def recognise_job(*, event_id: int) -> None:
    """Remember what a new revision holds, to know it again, and that scores are older; a listener of events."""
    event = Event.objects.get(pk=event_id)
    if event.transition in REVISING:
        recognise([event.submission_id])
        scores.age(event.submission_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="desk.sweep", queueing_lock="desk.sweep", pass_context=False)
def sweep(timestamp: int = 0) -> int:
    """Forget who closed a submission without a word; return how many rows went."""
    return presence.sweep()


@app.task(name="desk.hand_back", retry=RETRY)
def hand_back(*, label_id: int, user_id: int, by_id: int | None = None) -> None:
    """Free what somebody looked after who left a label's team; a listener of departures."""
    label, user = Label.objects.get(pk=label_id), User.objects.get(pk=user_id)
    if label.role_of(user) is None:
        assignment_notice.take_over(user, label)


@app.task(name=runner.RUN, retry=RetryStrategy(max_attempts=10, wait=10))
def run_bulk(*, bulk_id: int) -> None:
    """Take a bulk action on the next of its submissions, and queue what is left."""
    runner.run(Bulk.objects.select_related("label", "ordered_by").get(pk=bulk_id))


@app.periodic(cron="* * * * *")
@app.task(
    name="desk.release_due", queueing_lock="desk.release_due", lock="desk.release_due", pass_context=False
)
def release_due(timestamp: int = 0) -> int:
    """Give back what went stale in the outbox, release what is due; return how many events that made."""
    scheduled_sends.send_back_stale()
    return scheduled_sends.release_due()


@app.periodic(cron="7 * * * *")
@app.task(name="desk.warn_waiting", queueing_lock="desk.warn_waiting", pass_context=False)
def warn_waiting(timestamp: int = 0) -> int:
    """Warn managers of decisions that wait past the promise; return of how many."""
    return due_warnings.warn()
