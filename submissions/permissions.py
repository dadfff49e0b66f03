"""Who asks to act, and as what the door lets them."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Self

from django.conf import settings

from accounts.models import User
from labels.choices import Role
from submissions.choices import ActorRole, Capacity
from submissions.errors import NotAllowed
from submissions.models import Submission
from submissions.refusals import role_refusal

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
    def admin(cls, user: User) -> Self:
        return cls(user, Capacity.ADMIN)


SYSTEM = Actor(None, Capacity.SYSTEM)


def admitted(actor: Actor, submission: Submission, roles: Container[ActorRole]) -> ActorRole:
    """Return the role in which this actor acts, which must be one of these; NotAllowed otherwise.

    Reads account and membership afresh, so call it under the submission's lock.
    """
    if actor.acted_by and not settings.IMPERSONATORS_MAY_ACT:
        raise NotAllowed("Who acts as somebody else may look, and decide nothing.")
    role = _role_of(actor, submission)
    if refusal := role_refusal(role, roles):
        raise refusal
    assert role
    return role


def _role_of(actor: Actor, submission: Submission) -> ActorRole | None:
    if actor.capacity == Capacity.SYSTEM:
        return ActorRole.SYSTEM
    user = actor.user and User.objects.filter(pk=actor.user.pk, is_active=True).first()
    if user is None:
        return None
    is_own = user.pk == submission.producer_id
    if actor.capacity == Capacity.PRODUCER:
        judges = actor.acted_by and submission.label.role_of(actor.acted_by)
        return ActorRole.PRODUCER if is_own and not judges else None
    if is_own or (actor.acted_by and actor.acted_by.pk == submission.producer_id):
        return None
    if actor.capacity == Capacity.ADMIN:
        return ActorRole.ADMIN if user.is_staff else None
    level = submission.label.role_of(user)
    return ROLES.get(level) if level else None
