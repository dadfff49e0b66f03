"""Fetching is authorising: one call returns the row, or raises 404."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import User
from labels.choices import Role
from labels.models import FormerSlug, Label, Membership
from labels.permissions import can_see


@dataclass(frozen=True)
class Desk:
    """A label and the role in which this person works there."""

    label: Label
    role: Role

    def at_least(self, role: Role) -> bool:
        return self.role >= role


def desk_of(user: User | AnonymousUser, slug: str) -> Desk:
    """Return the desk of a label for one of its active members; Http404 for everyone else. One query."""
    team = Membership.objects.active().select_related("label").filter(label__slug=slug)
    membership = team.filter(user=user).first() if isinstance(user, User) else None
    if membership is None:
        raise Http404
    return Desk(membership.label, Role(membership.role))


def role_for(user: User | AnonymousUser, label: Label) -> Role | None:
    """Return the role of someone who may see the label's page, None for a visitor; else Http404."""
    role = label.role_of(user) if isinstance(user, User) else None
    if not can_see(label, role):
        raise Http404
    return role


def label_formerly_at(slug: str) -> Label:
    """Return the label that had this slug before; Http404 when none had."""
    former = FormerSlug.objects.select_related("label").filter(slug=slug).first()
    if former is None:
        raise Http404
    return former.label
