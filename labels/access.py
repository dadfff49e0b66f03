"""Access to labels: fetching is authorising, one call returns the row or raises Http404."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import User
from labels.choices import Role
from labels.models import FormerSlug, Label, Membership
from labels.permissions import can_see


@dataclass(frozen=True)
class Desk:
    """A label and the reader's role in its team."""

    label: Label
    role: Role

    def at_least(self, role: Role) -> bool:
        return self.role >= role


def desk_of(user: User | AnonymousUser, slug: str) -> Desk:
    """Return a label's desk for one of its active members; Http404 for everyone else. One query."""
    team = Membership.objects.active().select_related("label").filter(label__slug=slug)
    membership = team.filter(user=user).first() if isinstance(user, User) else None
    if membership is None:
        raise Http404
    return Desk(membership.label, Role(membership.role))


def role_for(user: User | AnonymousUser, label: Label) -> Role | None:
    """Return the reader's role at a label, None if not a member; Http404 if they may not see the label."""
    role = label.role_of(user) if isinstance(user, User) else None
    if not can_see(label, role):
        raise Http404
    return role


def label_formerly_at(slug: str) -> Label:
    """Return the label that once had this slug; Http404 if none had."""
    former = FormerSlug.objects.select_related("label").filter(slug=slug).first()
    if former is None:
        raise Http404
    return former.label
