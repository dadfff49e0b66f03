"""Access to labels: what a role may do, and fetching that authorises (the row, or Http404)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from accounts.factors import factors_of
from accounts.models import User
from kit.errors import NotPossible
from kit.once import once
from kit.statements import Statement, param
from labels.choices import Role, Status
from labels.models import FormerSlug, Label, Membership, Suspension


def read_only_because(label: Label) -> str:
    """Return why this label's desk and set-up are read-only, "" if they are not."""
    if label.status == Status.SUSPENDED:
        return f"{label} is suspended: its desk is read-only."
    if label.status == Status.CLOSED:
        return f"{label} is closed: its demos can still be answered, but nothing else can be changed."
    return ""


def require_writable(label: Label) -> None:
    """Raise NotPossible if the label is suspended or closed."""
    if sentence := read_only_because(label):
        raise NotPossible(sentence)


def team_at(label: Any, producer: Any) -> QuerySet[User]:
    """Return who may see a producer's demos at a label's desk, by name; takes primary keys."""
    team = User.objects.filter(memberships__label=label, is_active=True)
    return team.exclude(pk=producer).order_by("name", "email")


def can_see(label: Label, role: Role | None) -> bool:
    """Whether the label's page is visible: to everyone while verified, else only to its team."""
    return label.is_verified or role is not None


def can_manage(role: Role | None) -> bool:
    """Whether this role is owner or manager."""
    return role is not None and role >= Role.MANAGER


def can_edit(label: Label, role: Role | None) -> bool:
    """Whether this role may change the label now: a manager, and the label is not read-only."""
    return can_manage(role) and not read_only_because(label)


def can_staff(role: Role | None, given: Role) -> bool:
    """Whether this role may give and take away another: owners any, managers those below their own."""
    return role == Role.OWNER or (role == Role.MANAGER and given < Role.MANAGER)


@dataclass(frozen=True)
class Desk:
    """A label and the reader's role in its team."""

    label: Label
    role: Role

    def at_least(self, role: Role) -> bool:
        return self.role >= role


class TwoFactorsNeeded(PermissionDenied):
    """The label opens its desk only to members with two-factor sign-in."""

    def __init__(self, label: Label) -> None:
        super().__init__()
        self.label = label


def desk_of(user: User | AnonymousUser, slug: str) -> Desk:
    """Return a label's desk for one of its active members; Http404 for everyone else. One query at most.

    Raises TwoFactorsNeeded for a member whose second factor the label waits for.
    """
    found = membership_at(user, slug)
    if found.is_shut:
        raise TwoFactorsNeeded(found.label)
    return Desk(found.label, Role(found.role))


def membership_at(user: User | AnonymousUser, slug: str) -> Membership:
    """Return a member's membership, whether or not they have the factors the label asks for; Http404 for others."""
    memberships = memberships_of(user) if isinstance(user, User) else []
    found = next((each for each in memberships if each.label.slug == slug), None)
    if found is None:
        raise Http404
    return found


def memberships_of(user: User) -> list[Membership]:
    """Return a person's memberships with their labels, by name; none of whom is deactivated.

    One query, or none where a request that only reads asks again.
    """
    return once(("memberships", user.pk), lambda: _read_memberships(user))


def _read_memberships(user: User) -> list[Membership]:
    found = _memberships().all(user=user.pk)
    for each in found:
        each.label.was_suspended = each.was_suspended  # type: ignore[attr-defined]  # an annotation
        each.is_shut = each.label.requires_two_factors and not each.has_factor  # type: ignore[attr-defined]  # the same
    return found


@cache
def _memberships() -> Statement[Membership]:
    own = Membership.objects.active().filter(user=param("user")).select_related("label")
    suspended = Suspension.objects.filter(label=OuterRef("label"))
    found = own.annotate(was_suspended=Exists(suspended), has_factor=Exists(factors_of(OuterRef("user"))))
    return Statement(found.order_by("label__name", "label_id"))


def one_at_a_time(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let posts to one label go one after the other, so that each reads what the one before saved."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, slug, **parts)
        with transaction.atomic():
            Label.objects.select_for_update(of=("self",)).filter(slug=slug).first()
            return view(request, slug, **parts)

    return guarded


def role_for(user: User | AnonymousUser, label: Label) -> Role | None:
    """Return the reader's role at a label, None if not a member; Http404 if they may not see its page."""
    role = label.role_of(user) if isinstance(user, User) else None
    if not (can_see(label, role) or awaits_suspended(user, label)):
        raise Http404
    return role


def awaits_suspended(user: User | AnonymousUser, label: Label) -> bool:
    """Whether the label is suspended while this producer has an open demo there, so that its page says so."""
    if not (label.is_suspended and isinstance(user, User)):
        return False
    return label.submissions.live().filter(producer=user).exists()


def label_formerly_at(slug: str) -> Label:
    """Return the label that once had this slug; Http404 if none had."""
    former = FormerSlug.objects.select_related("label").filter(slug=slug).first()
    if former is None:
        raise Http404
    return former.label
