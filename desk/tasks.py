"""What the desk does behind the scenes."""

from datetime import datetime

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
from labels.choices import ProofState
from labels.models import Label, Proof
from submissions.models import Event
from submissions.transition_table import REVISING
from workspace.team import service as team
from workspace.verification import proof_mail, proof_submission, result_notice

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


@app.task(name="desk.forget_addresses", retry=RETRY)
def forget_addresses(*, user_id: int) -> None:
    """Empty the addresses at which an anonymised person was invited; a listener of anonymising."""
    team.forget_addresses(User.objects.get(pk=user_id))


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


@app.task(name=proof_submission.SEND, retry=RETRY)
def send_proof(*, proof_id: int, asked_at: int) -> None:
    """Ask an address whether it is the label's, unless it has answered or nobody wants to know any more."""
    proof = Proof.objects.select_related("label", "given_by").get(pk=proof_id)
    if proof.address and not proof.confirmed_at and proof.state != ProofState.GRANTED:
        proof_mail.build(proof, asked_at=asked_at).send()


@app.task(name="desk.tell_verified", retry=RETRY)
def tell_verified(*, label_id: int, moment: str) -> None:
    """Tell a label that it is verified; a listener of that."""
    result_notice.tell_verified(Label.objects.get(pk=label_id), datetime.fromisoformat(moment))


@app.task(name="desk.tell_asked_back", retry=RETRY)
def tell_asked_back(*, proof_id: int, moment: str) -> None:
    """Tell a label what we asked about its proof; a listener of that."""
    proof = Proof.objects.select_related("label").get(pk=proof_id)
    result_notice.tell_asked_back(proof, datetime.fromisoformat(moment))
