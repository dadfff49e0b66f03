"""Who may do what with a release, and why not: the one answer for the door and for every page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import IntegrityError

from accounts.models import User
from labels.models import Label
from releases.errors import NotAllowed, NotPossible, WorkflowError
from releases.models import Release
from releases.transition_table import Rule
from submissions.choices import ActorRole, Capacity
from submissions.permissions import ROLES, SYSTEM, Actor

__all__ = ["SYSTEM", "Actor", "admitted", "refusal_for", "role_of", "saying_why_refused"]


def admitted(actor: Actor, label: Label, rule: Rule) -> ActorRole:
    """Return the role in which this actor acts at a label. Raises NotAllowed unless the rule is for it.

    Reads account and membership again, so call it under the release's lock.
    """
    if actor.acted_by and not settings.IMPERSONATORS_MAY_ACT:
        raise NotAllowed("You are viewing as somebody else: nothing can be changed.")
    role = role_of(actor, label)
    if refusal := _role_refusal(rule, role):
        raise refusal
    assert role
    return role


def role_of(actor: Actor, label: Label) -> ActorRole | None:
    """Query the role in which this actor acts at a label, None for none. Producers have none in a release."""
    if actor.capacity == Capacity.SYSTEM:
        return ActorRole.SYSTEM
    if actor.user is None or actor.capacity == Capacity.PRODUCER:
        return None
    if actor.capacity == Capacity.ADMIN:
        staff = User.objects.filter(pk=actor.user.pk, is_active=True, is_staff=True)
        return ActorRole.ADMIN if staff.exists() else None
    level = label.role_of(actor.user)
    return ROLES.get(level) if level else None


def refusal_for(release: Release, rule: Rule, role: ActorRole | None) -> WorkflowError | None:
    """Return why somebody in this role cannot do this now, None where they can; input is checked by the effects."""
    if refusal := _role_refusal(rule, role):
        return refusal
    if release.state not in rule.sources:
        return NotPossible(f"This cannot be done while it says “{release.get_state_display()}”.")
    if release.label.is_suspended and not rule.is_possible_in_suspension:
        return NotPossible(f"{release.label} is suspended: nothing can be changed until that is over.")
    return None


@contextmanager
def saying_why_refused() -> Iterator[None]:
    """Raise in words what the database refuses an event for that the door could not know."""
    try:
        yield
    except IntegrityError as error:
        if "is by somebody who may not" not in str(error):  # who lost the role since `admitted`
            raise
        raise NotAllowed("You have no part in this release.") from error


def _role_refusal(rule: Rule, role: ActorRole | None) -> NotAllowed | None:
    if role is None:
        return NotAllowed("You have no part in this release.")
    return None if role in rule.roles else NotAllowed(f"This needs another role than yours ({role}).")
