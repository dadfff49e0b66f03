"""Decisions that a reviewer prepares and a manager releases or discards.

Every function locks the submission first, then reads the proposal.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from desk.action_table import ACTIONS
from desk.models import Proposal
from kit import canonical
from labels.choices import Role
from submissions import sentences
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Event, Submission
from submissions.permissions import Actor, admitted
from submissions.transition_table import PROPOSABLE, REVIEWER_UP, RULES
from submissions.workflow import perform


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
    _refuse_unless_allowed(fresh, transition, user)
    if same := Proposal.objects.of(fresh).filter(key=key).first():
        return _again(same, fresh, transition, user)
    _refuse_unless_current(fresh, transition, turn)
    return Proposal.objects.create(
        submission=fresh,
        transition=transition,
        turn=turn,
        key=key,
        note=note,
        details=canonical.plain(details or {}),
        prepared_by=user,
    )


@transaction.atomic
def release(proposal: Proposal, *, user: User) -> Event:
    """Perform what was prepared, as this member, and settle it; who released it before gets its event again.

    Raises what `perform` raises: NotAllowed below manager, Stale when the submission has moved on.
    """
    proposal = _locked(proposal)
    if proposal.settled_at:
        return _event_again(proposal, user)
    event = perform(
        proposal.submission,
        proposal.transition,
        actor=Actor.member(user),
        turn=proposal.turn,
        key=proposal.key,
        note=proposal.note,
        prepared_by=str(proposal.prepared_by),
        preparer=proposal.prepared_by_id,
        **proposal.details,
    )
    proposal.settle(user, event=event)
    return event


@transaction.atomic
def discard(proposal: Proposal, *, user: User) -> None:
    """Put a proposal away.

    Raises NotAllowed for who neither manages nor prepared it, Stale when somebody settled it otherwise.
    """
    proposal = _locked(proposal)
    role = proposal.submission.label.role_of(user)
    is_own = user == proposal.prepared_by
    if role is None or role < (Role.REVIEWER if is_own else Role.MANAGER):
        raise NotAllowed("Only a manager, or who prepared it, may discard this.")
    if proposal.settled_at is None:
        proposal.settle(user)
    elif proposal.event or proposal.settled_by != user:
        raise Stale(settled_sentence(proposal), proposal.submission)


def proposed_sentence(proposal: Proposal) -> str:
    """Return who proposes what."""
    return f"{proposal.prepared_by} proposes {ACTIONS[proposal.transition].proposed}."


def settled_sentence(proposal: Proposal) -> str:
    """Return who settled it, and how."""
    return f"{proposal.settled_by} {'released' if proposal.event else 'discarded'} this proposal meanwhile."


def _refuse_unless_allowed(fresh: Submission, transition: str, user: User) -> None:
    if transition not in PROPOSABLE:
        raise NotAllowed("This is nothing to propose.")
    admitted(Actor.member(user), fresh, replace(RULES[transition], roles=REVIEWER_UP))


def _refuse_unless_current(fresh: Submission, transition: str, turn: int) -> None:
    if turn != fresh.turn:
        events = list(Event.objects.of(fresh).with_people())
        raise Stale(sentences.who_did_what(events, fresh, team=True), fresh)
    if fresh.state not in RULES[transition].sources:
        raise NotPossible(f"This cannot be done while it says “{fresh.words.desk_name}”.")
    if fresh.label.is_suspended:
        raise NotPossible(f"{fresh.label} is suspended: nothing can be decided until that is over.")
    if waiting := Proposal.objects.open().of(fresh).with_people().first():
        raise NotPossible(f"{proposed_sentence(waiting)} Release or discard that first.")


def _locked(proposal: Proposal) -> Proposal:
    """Return the proposal as it is now, its submission locked."""
    submission = Submission.objects.locked(proposal.submission_id)
    fresh = Proposal.objects.with_people().select_related("event").get(pk=proposal.pk)
    fresh.submission = submission
    return fresh


def _again(same: Proposal, fresh: Submission, transition: str, user: User) -> Proposal:
    if (same.transition, same.prepared_by) != (transition, user):
        raise Stale("This form was used before.", fresh)
    return same


def _event_again(proposal: Proposal, user: User) -> Event:
    if proposal.event is None or proposal.settled_by != user:
        raise Stale(settled_sentence(proposal), proposal.submission)
    return proposal.event
