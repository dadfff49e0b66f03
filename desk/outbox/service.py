"""Decisions in the outbox: prepared by a member, then sent, discarded or sent back.

Every function locks the submission first, then reads the proposal.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Proposal
from kit import canonical
from kit.clock import now
from labels.access import read_only_because
from labels.choices import Role
from notifications import notices
from notifications.choices import NoticeKind
from submissions import timeline
from submissions.choices import ActorRole
from submissions.errors import NotAllowed, NotPossible, Stale, WorkflowError
from submissions.models import Event, Submission
from submissions.permissions import Actor, admitted, refusal_for
from submissions.state_machine import Rule
from submissions.transition_table import AT_DESK, PROPOSABLE, REVIEWER_UP, RULES
from submissions.workflow import perform


class SentBack(Stale):
    """It could no longer be sent and went back to who prepared it."""


@transaction.atomic
def propose(
    submission: Submission,
    transition: str,
    *,
    user: User,
    turn: int,
    key: UUID,
    note: str = "",
    details: dict[str, Any] | None = None,
) -> Proposal:
    """Prepare a decision and return it; a repeated key returns the first.

    Raises NotAllowed below reviewer, Stale, NotPossible when the state forbids it or a proposal is open.
    """
    fresh = Submission.objects.locked(submission.pk)
    role = _role_of(fresh, transition, user)
    if same := Proposal.objects.of(fresh).filter(key=key).first():
        return repeated(same, fresh, transition, user)
    refuse_unless_current(fresh, transition, role, turn)
    if waiting := Proposal.objects.open().of(fresh).with_people().first():
        raise NotPossible(f"{proposed_sentence(waiting)} Send or discard that first.")
    Proposal.objects.sent_back_to(user).of(fresh).update(dismissed_at=now())
    values = {"note": note, "details": canonical.plain(details or {}), "prepared_by": user}
    prepared = Proposal.objects.create(submission=fresh, transition=transition, turn=turn, key=key, **values)
    _log(Activity.Kind.PREPARED, prepared, user)
    return prepared


def send(proposal: Proposal, *, user: User, fingerprint: str | None = None) -> Event:
    """Perform a prepared decision as this member and settle it; repeated by the same member it returns its event.

    `fingerprint` is of the text that this member read. A decision that can no longer be sent goes back to who
    prepared it, and once that is written this raises SentBack. Raises NotAllowed below manager, Stale when it was
    changed or settled meanwhile, NotPossible while the label is suspended; then it stays open.
    """
    with transaction.atomic():
        fresh = locked(proposal)
        if fresh.settled_at:
            return _repeated_event(fresh, user)
        refuse_if_changed(fresh, fingerprint)
        event, refusal = _attempt(fresh, user)
        if event:
            fresh.settle(user, event=event)
            if not fresh.is_held:
                _log(Activity.Kind.RELEASED, fresh, user)
            return event
        send_back(fresh, because=refusal, by=user)
    raise SentBack(f"{refusal} It went back to {fresh.prepared_by}.", fresh.submission)


def send_back(proposal: Proposal, *, because: str, by: User | None) -> None:
    """Settle a decision that can no longer be sent and notify who prepared it; needs the submission's lock."""
    proposal.settle(by, because=because)
    _log(Activity.Kind.SENT_BACK, proposal, by, because=proposal.sent_back_because)
    label = proposal.submission.label
    notices.tell(
        [proposal.prepared_by],
        label=label,
        submission=proposal.submission,
        who=by,
        what=f"sent back what you prepared: {AT_DESK[proposal.transition].proposed}",
        path=reverse("desk:outbox", args=[label.slug]) + "#sent-back",
        text=because,
        key=f"sent-back-{proposal.pk}",
        kind=NoticeKind.ASSIGNED,
    )


@transaction.atomic
def discard(proposal: Proposal, *, user: User) -> None:
    """Discard a proposal.

    Raises NotAllowed for who neither manages nor prepared it, Stale when it was settled in another way.
    """
    proposal = locked(proposal)
    refuse_unless_theirs(proposal, user)
    if proposal.settled_at is None:
        proposal.settle(user)
        if not proposal.is_held:
            _log(Activity.Kind.DISCARDED, proposal, user)
    elif proposal.event or proposal.sent_back_because or proposal.settled_by != user:
        raise Stale(settled_sentence(proposal), proposal.submission)


def proposal_refusal(submission: Submission, rule: Rule, role: ActorRole | None) -> WorkflowError | None:
    """Return why somebody in this role cannot prepare this decision now, None where they can."""
    sentence = read_only_because(submission.label)
    refusal = refusal_for(submission, rule.open_to(REVIEWER_UP), role)
    return refusal or (NotPossible(sentence) if sentence else None)


def proposed_sentence(proposal: Proposal) -> str:
    """Return who proposes what."""
    return f"{proposal.prepared_by} proposes {AT_DESK[proposal.transition].proposed}."


def settled_sentence(proposal: Proposal) -> str:
    """Return who settled it, and how."""
    how = "sent" if proposal.event else "sent back" if proposal.sent_back_because else "discarded"
    return f"{proposal.settled_by or 'Trackflow'} {how} this proposal meanwhile."


def locked(proposal: Proposal) -> Proposal:
    """Return the proposal freshly read, its submission locked."""
    submission = Submission.objects.locked(proposal.submission_id)
    fresh = Proposal.objects.with_people().select_related("event").get(pk=proposal.pk)
    fresh.submission = submission
    return fresh


def refuse_unless_theirs(proposal: Proposal, user: User) -> None:
    """Raise NotAllowed for who neither manages nor prepared it; reads the role from the database."""
    role = proposal.submission.label.role_of(user)
    is_own, is_about_self = user == proposal.prepared_by, user == proposal.submission.producer
    if role is None or is_about_self or role < (Role.REVIEWER if is_own else Role.MANAGER):
        raise NotAllowed("Only a manager or the person who prepared it may do this.")


def refuse_if_changed(proposal: Proposal, fingerprint: str | None) -> None:
    """Raise Stale when it was changed since it was read."""
    if fingerprint is not None and fingerprint != proposal.fingerprint:
        changes = Activity.objects.of(proposal.submission).filter(kind=Activity.Kind.CHANGED)
        last = changes.first()
        who = (last and last.actor) or "Somebody"
        raise Stale(f"{who} changed this proposal meanwhile. Read it again.", proposal.submission)


def _role_of(fresh: Submission, transition: str, user: User) -> ActorRole:
    if transition not in PROPOSABLE:
        raise NotAllowed("This action cannot be proposed.")
    return admitted(Actor.member(user), fresh, REVIEWER_UP)


def refuse_unless_current(fresh: Submission, transition: str, role: ActorRole, turn: int) -> None:
    """Raise Stale for another turn than this, NotPossible when the state forbids the decision."""
    if turn != fresh.turn:
        events = list(Event.objects.of(fresh).with_people())
        raise Stale(timeline.who_did_what(events, fresh, team=True), fresh)
    if refusal := proposal_refusal(fresh, RULES[transition], role):
        raise refusal


def _attempt(fresh: Proposal, user: User) -> tuple[Event | None, str]:
    """Return the event, or None and the reason why it can no longer be sent."""
    try:
        with transaction.atomic():
            return _perform(fresh, user), ""
    except (Stale, NotPossible, ValidationError) as refusal:
        if fresh.submission.label.is_suspended:
            raise NotPossible(
                f"{fresh.submission.label} is suspended: this waits until the suspension is lifted."
            ) from refusal
        reasons = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        return None, " ".join(reasons)


def _perform(fresh: Proposal, user: User) -> Event:
    preparer = (
        {} if fresh.is_held else {"prepared_by": str(fresh.prepared_by), "preparer": fresh.prepared_by_id}
    )
    return perform(
        fresh.submission,
        fresh.transition,
        actor=Actor.member(user),
        turn=fresh.turn,
        key=fresh.key,
        note=fresh.note,
        **preparer,
        **fresh.details,
    )


def _log(kind: Activity.Kind, proposal: Proposal, user: User | None, **more: str) -> None:
    details: dict[str, Any] = {"transition": proposal.transition, **more}
    if proposal.prepared_by != user:
        details["prepared_by"] = proposal.prepared_by
    log.write(kind, label=proposal.submission.label, submission=proposal.submission, actor=user, **details)


def repeated(same: Proposal, fresh: Submission, transition: str, user: User) -> Proposal:
    """Return the first proposal of a repeated form. Raises Stale where it was another's, or another decision."""
    if (same.transition, same.prepared_by) != (transition, user):
        raise Stale("This form was used before.", fresh)
    return same


def _repeated_event(proposal: Proposal, user: User) -> Event:
    if proposal.event is None or proposal.settled_by != user:
        raise Stale(settled_sentence(proposal), proposal.submission)
    return proposal.event
