"""Decisions that a manager sends from the desk: held for some seconds, in which `discard` undoes them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from desk.models import Proposal
from desk.outbox.service import refuse_unless_current, repeated
from kit import canonical, jobs
from kit.clock import now
from submissions.errors import NotPossible
from submissions.models import Submission
from submissions.permissions import Actor, admitted
from submissions.transition_table import RULES


@transaction.atomic
def hold(
    submission: Submission,
    transition: str,
    *,
    user: User,
    turn: int,
    key: UUID,
    seconds: int,
    note: str = "",
    details: dict[str, Any] | None = None,
) -> Proposal:
    """Queue a decision to be sent as this member after some seconds; a repeated key returns the first.

    Raises NotAllowed for who may not decide, Stale, NotPossible when the state forbids it or another is being sent.
    """
    fresh = Submission.objects.locked(submission.pk)
    role = admitted(Actor.member(user), fresh, RULES[transition].roles)
    if same := Proposal.objects.of(fresh).filter(key=key).first():
        return repeated(same, fresh, transition, user)
    refuse_unless_current(fresh, transition, role, turn)
    if other := Proposal.objects.open().held().of(fresh).with_people().first():
        raise NotPossible(f"A decision of {other.prepared_by}’s is being sent.")
    moment = now() + timedelta(seconds=seconds)
    values: dict[str, Any] = {"note": note, "details": canonical.plain(details or {}), "prepared_by": user}
    values |= {"timed_by": user, "send_at": moment, "is_held": True}
    held = Proposal.objects.create(submission=fresh, transition=transition, turn=turn, key=key, **values)
    jobs.defer_later("desk.send_held", moment, proposal_id=held.pk)
    return held
