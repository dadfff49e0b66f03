"""Jobs about setting a label up."""

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from labels.choices import ProofState
from labels.models import Label, Proof
from workspace.team import service as team
from workspace.verification import proof_mail, proof_submission, result_notice

RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(name="workspace.forget_addresses", retry=RETRY)
def forget_addresses(*, user_id: int) -> None:
    """Empty the addresses at which an anonymised person was invited; a listener of anonymising."""
    team.forget_addresses(User.objects.get(pk=user_id))


@app.task(name=proof_submission.SEND, retry=RETRY)
def send_proof(*, proof_id: int, asked_at: int) -> None:
    """Ask an address whether it is the label's, unless it has answered or nobody wants to know any more."""
    proof = Proof.objects.select_related("label", "given_by").get(pk=proof_id)
    if proof.address and not proof.confirmed_at and proof.state != ProofState.GRANTED:
        proof_mail.build(proof, asked_at=asked_at).send()


@app.task(name="workspace.tell_verified", retry=RETRY)
def tell_verified(*, label_id: int, moment: str) -> None:
    """Tell a label that it is verified; a listener of that."""
    result_notice.tell_verified(Label.objects.get(pk=label_id), datetime.fromisoformat(moment))


@app.task(name="workspace.tell_asked_back", retry=RETRY)
def tell_asked_back(*, proof_id: int, moment: str) -> None:
    """Tell a label what we asked about its proof; a listener of that."""
    proof = Proof.objects.select_related("label").get(pk=proof_id)
    result_notice.tell_asked_back(proof, datetime.fromisoformat(moment))
