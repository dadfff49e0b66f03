"""Who may do what, and why not: the one answer for the door and for every page."""

import logging
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Self

from django.conf import settings
from django.db import IntegrityError
from django.db.models import OuterRef, Subquery

from accounts.models import User
from kit.errors import NotAllowed, NotPossible, WorkflowError
from kit.statements import Statement, param
from labels.choices import Role
from labels.models import Membership
from submissions.choices import ActorRole, Capacity, HoldStatus
from submissions.models import Event, Submission
from submissions.state_machine import Rule

logger = logging.getLogger(__name__)
NO_HOLD = {
    HoldStatus.NONE: "No hold is asked for or running.",
    HoldStatus.ASKED: "A hold is asked for already, and not answered yet.",
    HoldStatus.RUNNING: "A hold is running already.",
}
ROLES = {Role.OWNER: ActorRole.OWNER, Role.MANAGER: ActorRole.MANAGER, Role.REVIEWER: ActorRole.REVIEWER}


@dataclass(frozen=True)
class Actor:
    """A person in one capacity, or the system; `acted_by` is who impersonates them."""

    user: User | None
    capacity: Capacity
    acted_by: User | None = None

    @classmethod
    def producer(cls, user: User, acted_by: User | None = None) -> Self:
        return cls(user, Capacity.PRODUCER, acted_by)

    @classmethod
    def member(cls, user: User, acted_by: User | None = None) -> Self:
        return cls(user, Capacity.MEMBER, acted_by)

    @classmethod
    def collaborator(cls, user: User | None = None) -> Self:
        """Somebody with a share, with or without an account; the effect checks that it is theirs."""
        return cls(user, Capacity.COLLABORATOR)

    @classmethod
    def admin(cls, user: User) -> Self:
        return cls(user, Capacity.ADMIN)


SYSTEM = Actor(None, Capacity.SYSTEM)


def admitted(actor: Actor, submission: Submission, roles: Container[ActorRole]) -> ActorRole:
    """Return the role in which this actor acts. Raises NotAllowed unless it is one of these.

    Reads account and membership again, so call it under the submission's lock.
    """
    if actor.acted_by and not settings.IMPERSONATORS_MAY_ACT:
        raise NotAllowed("You are viewing as somebody else: nothing can be changed.")
    role = _role_of(actor, submission)
    if refusal := role_refusal(role, roles):
        raise refusal
    assert role
    return role


@contextmanager
def saying_why_refused() -> Iterator[None]:
    """Raise in words what the database refuses an event for that the door could not know."""
    try:
        yield
    except IntegrityError as error:
        if "is by somebody who may not" in str(error):  # who lost the role since `admitted`
            raise NotAllowed("You have no part in this submission.") from error
        if "is of another time" not in str(error):
            raise
        logger.error("The clocks of application and database differ by more than two minutes: %s", error)
        raise NotPossible(
            "Our clocks do not agree, so nothing can be decided at the moment. Please try again later."
        ) from error


def _role_of(actor: Actor, submission: Submission) -> ActorRole | None:
    if actor.capacity == Capacity.SYSTEM:
        return ActorRole.SYSTEM
    if actor.capacity == Capacity.COLLABORATOR and actor.user is None:
        return ActorRole.COLLABORATOR
    user = actor.user and _standing().first(user=actor.user.pk, label=submission.label_id)
    if user is None:
        return None
    is_own = user.pk == submission.producer_id
    if actor.capacity == Capacity.PRODUCER:
        judges = actor.acted_by and submission.label.role_of(actor.acted_by)
        return ActorRole.PRODUCER if is_own and not judges else None
    if is_own or (actor.acted_by and actor.acted_by.pk == submission.producer_id):
        return None
    if actor.capacity == Capacity.COLLABORATOR:
        return None if actor.acted_by else ActorRole.COLLABORATOR
    if actor.capacity == Capacity.ADMIN:
        return ActorRole.ADMIN if user.is_staff else None
    level = user.level  # type: ignore[attr-defined]  # an annotation
    return ROLES.get(Role(level)) if level else None


@cache
def _standing() -> Statement[User]:
    """Return the statement for an active account, with the level of its role at a label."""
    level = Membership.objects.filter(user=OuterRef("pk"), label=param("label")).values("role")
    return Statement(User.objects.filter(pk=param("user"), is_active=True).annotate(level=Subquery(level)))


def refusal_for(
    submission: Submission, rule: Rule, role: ActorRole | None, *, happened: Container[str] | None = None
) -> WorkflowError | None:
    """Return why somebody in this role cannot do this now, None where they can.

    `happened` are the transitions in its history; without them, a rule that needs them costs one query. Form input and
    dates are checked by `submissions.effects`.
    """
    return role_refusal(role, rule.roles) or _state_refusal(submission, rule, role, happened)


def done_once(rule: Rule, submissions: Iterable[int]) -> set[int]:
    """Return which of these had what can happen only once. One query for such a rule, else none."""
    if not rule.only_once:
        return set()
    events = Event.objects.filter(submission__in=list(submissions), transition=rule.name)
    return set(events.values_list("submission", flat=True))


def role_refusal(role: ActorRole | None, roles: Container[ActorRole]) -> NotAllowed | None:
    """Return the refusal for a role that is not one of these, or None."""
    if role is None:
        return NotAllowed("You have no part in this submission.")
    return None if role in roles else NotAllowed(f"This needs another role than yours ({role}).")


def _state_refusal(
    submission: Submission, rule: Rule, role: ActorRole | None, happened: Container[str] | None
) -> NotPossible | None:
    label, words = submission.label, submission.words
    if submission.state not in rule.sources:
        name = words.producer_name if role == ActorRole.PRODUCER else words.desk_name
        return NotPossible(f"This cannot be done while it says “{name}”.")
    if label.is_suspended and not rule.is_possible_in_suspension:
        return NotPossible(f"{label} is suspended: nothing can be decided until that is over.")
    if rule.holds and submission.hold_status not in rule.holds:
        return NotPossible(NO_HOLD[submission.hold_status])
    if rule.only_once and rule.name in (_happened(submission) if happened is None else happened):
        return NotPossible(rule.only_once)
    return None


def _happened(submission: Submission) -> set[str]:
    return set(Event.objects.of(submission).values_list("transition", flat=True))
