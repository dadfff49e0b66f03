"""Verifying a label: its proof, our questions about it, and confirming its address by mail.

`labels.status.verify` grants a proof. The functions that change something lock the label first, and raise
ValidationError with a sentence for the reader if it cannot be done.
"""

import uuid

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit.clock import now
from kit.jobs import announce
from kit.mailboxes import mailbox
from labels.choices import ProofState, Status
from labels.models import Label, Proof

SALT = "labels.proof"
LINK_DAYS = 3
"""Days for which a mailed link is valid."""


def open_proof(label: Label) -> Proof | None:
    """Return a label's proof that is not granted yet, None if there is none."""
    return label.proofs.exclude(state=ProofState.GRANTED).select_related("replied_by").first()


@transaction.atomic
def submit_proof(label: Label, *, by: User, link: str, address: str, said: str) -> tuple[Proof, bool]:
    """Store a label's proof, or its answer to our question; return it, and whether its address is new.

    A new address has to be confirmed; links mailed to the previous one become invalid.
    """
    label = _lock(label)
    proof = open_proof(label) or Proof(label=label)
    is_new = mailbox(proof.address) != mailbox(address)
    if is_new:
        proof.nonce, proof.confirmed_at = uuid.uuid4(), None
    proof.link, proof.address, proof.said = link, address, said
    proof.state, proof.given_by, proof.given_at = ProofState.WAITING, by, now()
    proof.save()
    return proof, bool(address) and is_new


@transaction.atomic
def confirm_address(token: str, *, label: Label) -> Proof:
    """Confirm the address that a mailed token belongs to; safe to repeat."""
    proof_for_token(token, label=label)
    proof = proof_for_token(token, label=_lock(label))
    if proof.confirmed_at is None:
        proof.confirmed_at = now()
        proof.save(update_fields=["confirmed_at"])
    return proof


@transaction.atomic
def ask_back(proof: Proof, *, by: User, words: str) -> Proof:
    """Ask a label about its proof; its managers are notified."""
    _lock(proof.label)
    proof = Proof.objects.select_related("label").get(pk=proof.pk)
    if proof.state != ProofState.WAITING:
        raise ValidationError(f"{proof}: there is nothing to ask back.", code="state")
    proof.state, proof.reply, proof.replied_by, proof.replied_at = ProofState.ASKED_BACK, words, by, now()
    proof.save()
    announce("proof_question", proof_id=proof.pk, moment=proof.replied_at.isoformat())
    return proof


def token_of(proof: Proof) -> str:
    """Return the token to mail to the proof's address."""
    return signing.dumps({"proof": proof.pk, "nonce": str(proof.nonce)}, salt=SALT)


def proof_for_token(token: str, *, label: Label) -> Proof:
    """Return a label's open proof that a token belongs to.

    Raises ValidationError with code "expired" if the token is too old, "dead" if the address was changed or the
    proof is granted, "forged" if we did not sign it.
    """
    try:
        said = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 24 * 60 * 60)
    except signing.SignatureExpired:
        raise ValidationError(
            f"Links are valid for {LINK_DAYS} days; this one has expired.", code="expired"
        ) from None
    except signing.BadSignature:
        raise ValidationError("We never made this link.", code="forged") from None
    found = label.proofs.filter(pk=said["proof"], nonce=said["nonce"]).exclude(state=ProofState.GRANTED)
    proof = found.select_related("label", "given_by").first()
    if proof is None:
        raise ValidationError("This link is no longer needed, or a newer one has replaced it.", code="dead")
    return proof


def _lock(label: Label) -> Label:
    label = Label.objects.select_for_update(of=("self",)).get(pk=label.pk)
    if label.status != Status.UNVERIFIED:
        standing = label.get_status_display().lower()
        raise ValidationError(f"{label} is {standing}: there is nothing to prove.", code="standing")
    return label
