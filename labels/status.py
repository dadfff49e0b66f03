"""Where a label stands with us: verified, suspended, closed. The only writer of `Label.status`.

Each function locks the label, changes it, and returns it as it is now; ValidationError when it stands
elsewhere.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from kit.clock import now
from kit.jobs import announce
from labels.choices import ProofState, Status
from labels.directory.response_record import begin_record
from labels.models import Label, Suspension

FROM = {
    "verify": {Status.UNVERIFIED},
    "suspend": {Status.VERIFIED},
    "unsuspend": {Status.SUSPENDED},
    "close": {Status.UNVERIFIED, Status.VERIFIED, Status.SUSPENDED},
    "reopen": {Status.CLOSED},
}
"""From which status each step may be taken."""


@transaction.atomic
def verify(label: Label) -> Label:
    """Let the label receive demos; the proof it gave is granted, and its managers are told."""
    label = _moved(label, "verify", Status.VERIFIED)
    begin_record(label)
    label.proofs.exclude(state=ProofState.GRANTED).update(state=ProofState.GRANTED, replied_at=now())
    announce("verification", label_id=label.pk, moment=now().isoformat())
    return label


@transaction.atomic
def suspend(label: Label, at: datetime | None = None) -> Label:
    """Make the desk read-only and stop its clocks, from this moment on; its producers are told."""
    label = _moved(label, "suspend", Status.SUSPENDED)
    _announce(Suspension.objects.create(label=label, started_at=at or now()))
    return label


@transaction.atomic
def unsuspend(label: Label) -> Label:
    """Lift the suspension: the label is verified again and its clocks go on; its producers are told."""
    label = _moved(label, "unsuspend", Status.VERIFIED)
    _end_suspension(label)
    return label


@transaction.atomic
def close(label: Label) -> Label:
    """Take the label out of the directory; a suspension ends, so that its clocks run out."""
    label = _moved(label, "close", Status.CLOSED)
    _end_suspension(label)
    return label


@transaction.atomic
def reopen(label: Label) -> Label:
    """Bring a closed label back, unverified: whoever reopens it looks at it again first."""
    return _moved(label, "reopen", Status.UNVERIFIED)


def _moved(label: Label, step: str, status: Status) -> Label:
    locked = Label.objects.select_for_update(of=("self",)).get(pk=label.pk)
    if locked.status not in FROM[step]:
        standing = locked.get_status_display().lower()
        raise ValidationError(f"{locked} is {standing}: you cannot {step} it.", code="standing")
    locked.status = status
    locked.save(update_fields=["status"])
    return locked


def _end_suspension(label: Label) -> None:
    for suspension in label.suspensions.filter(ended_at=None):
        suspension.ended_at = max(now(), suspension.started_at)
        suspension.save(update_fields=["ended_at"])
        _announce(suspension)


def _announce(suspension: Suspension) -> None:
    announce("suspension", suspension_id=suspension.pk)
