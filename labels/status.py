"""A label's status: verify, suspend, close, reopen. The only writer of `Label.status`.

Each function locks the label, changes it and returns the fresh row; ValidationError if its status does not
allow the change.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit.clock import now
from kit.jobs import announce
from labels.choices import ProofState, Status
from labels.directory.response_record import begin_record
from labels.models import Label, Suspension

ALLOWED_FROM = {
    "verify": {Status.UNVERIFIED},
    "suspend": {Status.VERIFIED},
    "unsuspend": {Status.SUSPENDED},
    "close": {Status.UNVERIFIED, Status.VERIFIED, Status.SUSPENDED},
    "reopen": {Status.CLOSED},
}
"""The statuses from which each change is allowed."""


@transaction.atomic
def verify(label: Label) -> Label:
    """Let the label receive demos; its proof is granted and its managers are told."""
    label = _change_status(label, "verify", Status.VERIFIED)
    begin_record(label)
    label.proofs.exclude(state=ProofState.GRANTED).update(state=ProofState.GRANTED, replied_at=now())
    announce("verification", label_id=label.pk, moment=now().isoformat())
    return label


@transaction.atomic
def suspend(label: Label, *, reason: str, by: User | None = None, at: datetime | None = None) -> Label:
    """Make the desk read-only and stop its deadlines; its producers are told, its managers with the reason."""
    if not reason.strip():
        raise ValidationError(
            {"reason": "Say why: the label’s owners and managers read it."}, code="required"
        )
    label = _change_status(label, "suspend", Status.SUSPENDED)
    start = at or now()
    _announce(Suspension.objects.create(label=label, reason=reason.strip(), by=by, started_at=start))
    return label


@transaction.atomic
def unsuspend(label: Label, *, by: User | None = None) -> Label:
    """Lift the suspension: the label is verified again and its deadlines go on; everybody told of it is told."""
    label = _change_status(label, "unsuspend", Status.VERIFIED)
    _end_suspension(label, by)
    return label


@transaction.atomic
def close(label: Label, *, by: User | None = None) -> Label:
    """Take the label out of the directory; ends a suspension, so deadlines run out."""
    label = _change_status(label, "close", Status.CLOSED)
    _end_suspension(label, by)
    return label


@transaction.atomic
def reopen(label: Label) -> Label:
    """Reopen a closed label as unverified, to be checked again."""
    return _change_status(label, "reopen", Status.UNVERIFIED)


def _change_status(label: Label, step: str, status: Status) -> Label:
    locked = Label.objects.select_for_update(of=("self",)).get(pk=label.pk)
    if locked.status not in ALLOWED_FROM[step]:
        current = locked.get_status_display().lower()
        raise ValidationError(f"{locked} is {current}: you cannot {step} it.", code="status")
    locked.status = status
    locked.save(update_fields=["status"])
    return locked


def _end_suspension(label: Label, by: User | None) -> None:
    for suspension in label.suspensions.filter(ended_at=None):
        suspension.ended_at, suspension.lifted_by = max(now(), suspension.started_at), by
        suspension.save(update_fields=["ended_at", "lifted_by"])
        _announce(suspension)


def _announce(suspension: Suspension) -> None:
    announce("suspension", suspension_id=suspension.pk)
