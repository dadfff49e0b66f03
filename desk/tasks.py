"""Background jobs of the desk."""

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
    """Store the fingerprints of a new revision and mark its scores as old; a listener of events."""
    event = Event.objects.get(pk=event_id)
    if event.transition in REVISING:
        recognise([event.submission_id])
        scores.age(event.submission_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="desk.sweep", queueing_lock="desk.sweep", pass_context=False)
def sweep(timestamp: int = 0) -> int:
    """Delete expired presence rows; return how many."""
    return presence.sweep()


@app.task(name="desk.hand_back", retry=RETRY)
def hand_back(*, label_id: int, user_id: int, by_id: int | None = None) -> None:
    """Unassign the submissions of a member who left the label; a listener of departures."""
    label, user = Label.objects.get(pk=label_id), User.objects.get(pk=user_id)
    if label.role_of(user) is None:
        assignment_notice.take_over(user, label)


@app.task(name=runner.RUN, retry=RetryStrategy(max_attempts=10, wait=10))
def run_bulk(*, bulk_id: int) -> None:
    """Run the next batch of a bulk action, and queue the rest."""
    runner.run(Bulk.objects.select_related("label", "ordered_by").get(pk=bulk_id))


@app.periodic(cron="* * * * *")
@app.task(
    name="desk.release_due", queueing_lock="desk.release_due", lock="desk.release_due", pass_context=False
)
def release_due(timestamp: int = 0) -> int:
    """Send back stale proposals and send due ones; return how many events that made."""
    scheduled_sends.send_back_stale()
    return scheduled_sends.release_due()


@app.periodic(cron="7 * * * *")
@app.task(name="desk.warn_waiting", queueing_lock="desk.warn_waiting", pass_context=False)
def warn_waiting(timestamp: int = 0) -> int:
    """Warn managers of prepared decisions that are nearly due or overdue; return how many."""
    return due_warnings.warn()
