"""Background jobs of the desk."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from desk.assignment import idle_assignments
from desk.assignment import service as assignment
from desk.bulk import runner
from desk.live import presence
from desk.models import Bulk
from desk.outbox import due_warnings, scheduled_sends
from desk.scores import service as scores
from desk.similar.fingerprints import update_fingerprints
from labels.models import Label
from submissions.models import Event
from submissions.transition_table import REVISING

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="desk.update_fingerprints", retry=RETRY)
def update_fingerprints_job(*, event_id: int) -> None:
    """Update the fingerprints and mark scores as outdated after a new revision; a listener of events."""
    event = Event.objects.get(pk=event_id)
    if event.transition in REVISING:
        update_fingerprints([event.submission_id])
        scores.mark_outdated(event.submission_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="desk.sweep", queueing_lock="desk.sweep", pass_context=False)
def sweep(timestamp: int = 0) -> int:
    """Delete the presence of pages that closed; return how many rows went."""
    return presence.sweep()


@app.task(name="desk.hand_back", retry=RETRY)
def hand_back(*, label_id: int, user_id: int, by_id: int | None = None) -> None:
    """Unassign everything from a member who left a team; a listener of departures."""
    label, user = Label.objects.get(pk=label_id), User.objects.get(pk=user_id)
    if label.role_of(user) is None:
        assignment.unassign_leaver(user, label)


@app.periodic(cron="35 * * * *")
@app.task(name="desk.end_untouched", queueing_lock="desk.end_untouched", pass_context=False, retry=RETRY)
def end_untouched(timestamp: int = 0) -> int:
    """Put demos back into the queue that whoever has them did not touch for long; return how many."""
    return idle_assignments.end_all()


@app.task(name=runner.RUN, retry=RetryStrategy(max_attempts=10, wait=10))
def run_bulk(*, bulk_id: int) -> None:
    """Perform a bulk action on its next submissions and queue the rest."""
    runner.run(Bulk.objects.select_related("label", "ordered_by").get(pk=bulk_id))


@app.periodic(cron="* * * * *")
@app.task(name="desk.send_due", queueing_lock="desk.send_due", lock="desk.send_due", pass_context=False)
def send_due(timestamp: int = 0) -> int:
    """Send back what is stale in the outbox, send what is due; return how many events that made."""
    scheduled_sends.send_back_stale()
    return scheduled_sends.send_due()


@app.task(name="desk.send_held", retry=RETRY)
def send_held(*, proposal_id: int) -> None:
    """Send a decision that a manager had some seconds to undo."""
    scheduled_sends.send_held(proposal_id)


@app.periodic(cron="7 * * * *")
@app.task(name="desk.warn_waiting", queueing_lock="desk.warn_waiting", pass_context=False)
def warn_waiting(timestamp: int = 0) -> int:
    """Warn managers of prepared decisions whose answer is due; return of how many."""
    return due_warnings.warn()
