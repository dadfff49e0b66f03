"""What happens to a prepared decision while it waits: changed, given a time, and read once it came back."""

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
from submissions.errors import NotAllowed, Stale
from submissions.models import Event


@transaction.atomic
def change(
    proposal: Proposal, *, user: User, fingerprint: str, note: str, details: dict[str, Any]
) -> Proposal:
    """Say it in other words; who prepared it stays the one who did. A time that somebody else set goes.

    Raises NotAllowed for who neither manages nor prepared it, Stale when it was changed or settled meanwhile or
    the submission has moved on, NotPossible at a label that is suspended or closed.
    """
    fresh = locked(proposal)
    refuse_unless_theirs(fresh, user)
    _refuse_unless_waiting(fresh)
    refuse_if_changed(fresh, fingerprint)
    before = {"note": fresh.note, **fresh.details}
    fresh.note, fresh.details = note, canonical.plain(details)
    changed = [part for part in PARTS if before.get(part) != {"note": note, **details}.get(part)]
    if changed:
        if fresh.timed_by != user:
            fresh.release_at = fresh.timed_by = None
        fresh.save(update_fields=["note", "details", "release_at", "timed_by"])
        _note(fresh, user, changed=changed)
    return fresh


@transaction.atomic
def set_time(proposal: Proposal, *, user: User, moment: datetime, fingerprint: str | None = None) -> None:
    """Have it released at a moment, as this manager; raises what `change` raises, NotAllowed below manager."""
    fresh = locked(proposal)
    _refuse_unless_manager(fresh, user)
    _refuse_unless_waiting(fresh)
    refuse_if_changed(fresh, fingerprint)
    if (fresh.release_at, fresh.timed_by) != (moment, user):
        fresh.release_at, fresh.timed_by = moment, user
        fresh.save(update_fields=["release_at", "timed_by"])
        _note(fresh, user, release_at=moment)


@transaction.atomic
def take_time_off(proposal: Proposal, *, user: User) -> None:
    """Let it wait for somebody to release it; again does nothing. Raises NotAllowed, and Stale once settled."""
    fresh = locked(proposal)
    refuse_unless_theirs(fresh, user)
    if fresh.settled_at:
        raise Stale(settled_sentence(fresh), fresh.submission)
    if fresh.release_at:
        fresh.release_at = fresh.timed_by = None
        fresh.save(update_fields=["release_at", "timed_by"])
        _note(fresh, user)


@transaction.atomic
def dismiss(proposal: Proposal, *, user: User) -> None:
    """Put away what came back, as who prepared it; again does nothing. Raises NotAllowed for others."""
    fresh = locked(proposal)
    if fresh.prepared_by != user:
        raise NotAllowed("This came back to somebody else.")
    Proposal.objects.sent_back_to(user).filter(pk=fresh.pk).update(dismissed_at=now())


def in_words(moment: datetime, label: Label) -> str:
    """Return a moment as the label's clocks show it."""
    return f"{timezone.localtime(moment, label.zone):%-d %B %Y, %H:%M} ({label.time_zone})"


def _refuse_unless_waiting(fresh: Proposal) -> None:
    submission = fresh.submission
    if fresh.settled_at:
        raise Stale(settled_sentence(fresh), submission)
    if fresh.is_stale(submission):
        events = list(Event.objects.of(submission).with_people())
        raise Stale(timeline.who_did_what(events, submission, team=True), submission)
    require_writable(submission.label)


def _refuse_unless_manager(fresh: Proposal, user: User) -> None:
    role = fresh.submission.label.role_of(user)
    if role is None or role < Role.MANAGER or user == fresh.submission.producer:
        raise NotAllowed("Only a manager sets the time.")


def _note(fresh: Proposal, user: User, **about: Any) -> None:
    said = {"transition": fresh.transition, **about}
    log.write(
        Activity.Kind.CHANGED, label=fresh.submission.label, submission=fresh.submission, actor=user, **said
    )
