"""Jobs of a label's set-up."""

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from labels.choices import ProofState
from labels.models import Backlog, Label, Proof, Suspension
from workspace import backlog_notice, clearing_notice, suspension_notice
from workspace.team import service as team
from workspace.verification import proof_mail, proof_submission, result_notice

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="workspace.forget_addresses", retry=RETRY)
def forget_addresses(*, user_id: int) -> None:
    """Clear the addresses at which an anonymised person was invited; a listener of anonymisation."""
    team.forget_addresses(User.objects.get(pk=user_id))


@app.task(name=proof_submission.SEND_TASK, retry=RETRY)
def send_proof(*, proof_id: int, asked_at: int) -> None:
    """Mail an address to confirm that it is the label's, unless it is confirmed or the label verified."""
    proof = Proof.objects.select_related("label", "given_by").get(pk=proof_id)
    if proof.address and not proof.confirmed_at and proof.state != ProofState.GRANTED:
        proof_mail.build(proof, asked_at=asked_at).send()


@app.task(name="workspace.tell_verified", retry=RETRY)
def tell_verified(*, label_id: int, moment: str) -> None:
    """Tell a label's managers that it is verified; a listener of verification."""
    result_notice.tell_verified(Label.objects.get(pk=label_id), datetime.fromisoformat(moment))


@app.task(name="workspace.tell_asked_back", retry=RETRY)
def tell_asked_back(*, proof_id: int, moment: str) -> None:
    """Tell a label's managers what we asked about its proof; a listener of that."""
    proof = Proof.objects.select_related("label").get(pk=proof_id)
    result_notice.tell_asked_back(proof, datetime.fromisoformat(moment))


@app.task(name="workspace.tell_suspension", retry=RETRY)
def tell_suspension(*, suspension_id: int) -> None:
    """Log a suspension's start and end and tell the label's managers; a listener of suspensions."""
    suspension = Suspension.objects.select_related("label").get(pk=suspension_id)
    suspension_notice.tell_suspended(suspension)
    if suspension.ended_at:
        suspension_notice.tell_lifted(suspension)


@app.task(name="workspace.tell_clearings", retry=RETRY)
def tell_clearings(*, label_id: int, count: int, due: str) -> None:
    """Tell a label's managers what it will no longer keep; a listener of clearings."""
    clearing_notice.tell_clearings(Label.objects.get(pk=label_id), count, datetime.fromisoformat(due))


@app.task(name="workspace.tell_backlog", retry=RETRY)
def tell_backlog(*, backlog_id: int) -> None:
    """Tell a label's managers that many demos expire, that it is closed, or open again; a listener of backlogs."""
    backlog_notice.tell_backlog(Backlog.objects.select_related("label").get(pk=backlog_id))
