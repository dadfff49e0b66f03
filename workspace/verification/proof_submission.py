"""Submitting proof: the proof, its confirmation mail and the team's log, in one transaction."""

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from activity import log
from activity.models import Activity
from kit.clock import now
from kit.jobs import defer
from labels.choices import Status
from labels.models import Label, Proof
from labels.profile import change_label
from labels.team.service import lock
from labels.verification import service as verification

SEND_TASK = "workspace.send_proof"
PAUSE = 60
"""Seconds between two mails for one label."""
MOST_A_DAY = 10
DAY = 24 * 60 * 60
LIMITS = frozenset({"too_soon", "too_many"})
"""Error codes of the mail limits."""


@transaction.atomic
def give(label: Label, *, by: User, link: str, address: str, said: str, website: str = "") -> Proof:
    """Store a label's proof and mail a new address; ValidationError if it is refused."""
    if website:
        label.website = website
        change_label(label, fields=["website"])
    proof, is_new = verification.submit_proof(label, by=by, link=link, address=address, said=said)
    log.write(Activity.Kind.PROOF_GIVEN, label=label, actor=by)
    if is_new:
        _mail(proof)
    return proof


@transaction.atomic
def resend(label: Label, *, by: User) -> Proof:
    """Mail the link again; ValidationError if there is nothing to confirm, or one was just sent."""
    if lock(label.pk).status != Status.UNVERIFIED:
        raise ValidationError("There is nothing left to confirm.", code="state")
    proof = verification.open_proof(label)
    if proof is None or not proof.address or proof.confirmed_at:
        raise ValidationError("No address is waiting to be confirmed.", code="state")
    log.write(Activity.Kind.PROOF_RESENT, label=label, actor=by)
    _mail(proof)
    return proof


def _mail(proof: Proof) -> None:
    """Queue the mail, at most one a minute and ten a day per label: its recipients never asked for it."""
    if not cache.add(f"proof-mail/{proof.label_id}", True, PAUSE):
        raise ValidationError("We sent a link less than a minute ago. Wait a moment.", code="too_soon")
    counter = f"proof-mails/{proof.label_id}"
    if (sent := cache.get(counter, 0)) >= MOST_A_DAY:
        raise ValidationError("You have reached ten mails today. Try again tomorrow.", code="too_many")
    cache.set(counter, sent + 1, DAY)
    defer([SEND_TASK], proof_id=proof.pk, asked_at=int(now().timestamp()))
