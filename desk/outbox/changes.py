"""Changes to a prepared decision: its text and its time; and dismissing one that came back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from activity import log
from activity.models import Activity
from activity.phrase_table import PARTS
from desk.models import Proposal
from desk.outbox.service import locked, refuse_if_changed, refuse_unless_theirs, settled_sentence
from kit import canonical
from kit.clock import now
from labels.access import require_writable
from labels.choices import Role
from labels.models import Label
from submissions import timeline
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Event


@transaction.atomic
def change(
    proposal: Proposal, *, user: User, fingerprint: str, note: str, details: dict[str, Any]
) -> Proposal:
    """Change its note and details; `prepared_by` stays, a time that somebody else set is cleared.

    Raises NotAllowed for who neither manages nor prepared it, Stale when it was changed or settled meanwhile or
    the submission has moved on, NotPossible at a label that is suspended or closed.
    """
    fresh = locked(proposal)
    refuse_unless_theirs(fresh, user)
    _refuse_unless_open(fresh)
    refuse_if_changed(fresh, fingerprint)
    before = {"note": fresh.note, **fresh.details}
    fresh.note, fresh.details = note, canonical.plain(details)
    changed = [part for part in PARTS if before.get(part) != {"note": note, **details}.get(part)]
    if changed:
        if fresh.timed_by != user:
            fresh.send_at = fresh.timed_by = None
        fresh.save(update_fields=["note", "details", "send_at", "timed_by"])
        _log(fresh, user, changed=changed)
    return fresh


@transaction.atomic
def set_time(proposal: Proposal, *, user: User, moment: datetime, fingerprint: str | None = None) -> None:
    """Schedule it to be sent as this manager; raises what `change` raises, NotAllowed below manager."""
    fresh = locked(proposal)
    _refuse_unless_manager(fresh, user)
    _refuse_unless_open(fresh)
    refuse_if_changed(fresh, fingerprint)
    if (fresh.send_at, fresh.timed_by) != (moment, user):
        fresh.send_at, fresh.timed_by = moment, user
        fresh.save(update_fields=["send_at", "timed_by"])
        _log(fresh, user, send_at=moment)


@transaction.atomic
def clear_time(proposal: Proposal, *, user: User) -> None:
    """Clear its time, if any. Raises NotAllowed, and Stale once settled."""
    fresh = locked(proposal)
    refuse_unless_theirs(fresh, user)
    if fresh.settled_at:
        raise Stale(settled_sentence(fresh), fresh.submission)
    _refuse_if_held(fresh)
    if fresh.send_at:
        fresh.send_at = fresh.timed_by = None
        fresh.save(update_fields=["send_at", "timed_by"])
        _log(fresh, user)


@transaction.atomic
def dismiss(proposal: Proposal, *, user: User) -> None:
    """Dismiss what was sent back, as who prepared it. Idempotent; raises NotAllowed for others."""
    fresh = locked(proposal)
    if fresh.prepared_by != user:
        raise NotAllowed("This was sent back to somebody else.")
    Proposal.objects.sent_back_to(user).filter(pk=fresh.pk).update(dismissed_at=now())


def local_time_words(moment: datetime, label: Label) -> str:
    """Return a moment in the label's time zone, in words."""
    return f"{timezone.localtime(moment, label.zone):%-d %B %Y, %H:%M} ({label.time_zone})"


def _refuse_unless_open(fresh: Proposal) -> None:
    submission = fresh.submission
    if fresh.settled_at:
        raise Stale(settled_sentence(fresh), submission)
    _refuse_if_held(fresh)
    if fresh.is_stale(submission):
        events = list(Event.objects.of(submission).with_people())
        raise Stale(timeline.who_did_what(events, submission, team=True), submission)
    require_writable(submission.label)


def _refuse_if_held(fresh: Proposal) -> None:
    if fresh.is_held:
        raise NotPossible("It is being sent. Undo it to change it.")


def _refuse_unless_manager(fresh: Proposal, user: User) -> None:
    role = fresh.submission.label.role_of(user)
    if role is None or role < Role.MANAGER or user == fresh.submission.producer:
        raise NotAllowed("Only a manager sets the time.")


def _log(fresh: Proposal, user: User, **details: Any) -> None:
    log.write(
        Activity.Kind.CHANGED,
        label=fresh.submission.label,
        submission=fresh.submission,
        actor=user,
        transition=fresh.transition,
        **details,
    )
