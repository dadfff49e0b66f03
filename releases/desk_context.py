"""A release as one member sees it, and what all pages of releases share; fetching checks access."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from accounts.requests import SignedInRequest, impersonator_of
from kit.clock import now
from kit.routes import url_for
from labels.access import Desk, desk_of, read_only_because
from labels.choices import Role
from labels.models import Label
from releases.errors import NotAllowed, WorkflowError
from releases.models import Release
from releases.permissions import Actor, refusal_for
from releases.transition_table import RULES
from submissions.choices import ActorRole
from submissions.permissions import ROLES


@dataclass(frozen=True)
class ReleaseContext:
    """A member, their desk and a release of its label; `acted_by` is an admin who impersonates the member."""

    user: User
    desk: Desk
    release: Release
    acted_by: User | None = None

    @property
    def actor(self) -> Actor:
        return Actor.member(self.user, self.acted_by)

    @property
    def role(self) -> ActorRole | None:
        """The role in which the member acts, None for a viewer."""
        return ROLES.get(self.desk.role)

    @property
    def url(self) -> str:
        return self.url_of("release")

    @property
    def today(self) -> date:
        return today_at(self.desk.label)

    def url_of(self, name: str, *more: str | int) -> str:
        """Return an address of this release."""
        return url_for(f"releases:{name}", self.desk.label.slug, self.release.reference, *more)

    def refusal_of(self, transition: str) -> WorkflowError | None:
        """Return why the member cannot do this now, None if they can."""
        return refusal_for(self.release, RULES[transition], self.role)

    def may(self, transition: str) -> bool:
        """Whether the member can do this now."""
        return self.refusal_of(transition) is None

    def require_role(self, transition: str) -> None:
        """Raise PermissionDenied (403) for a role that may never do this."""
        refusal = self.refusal_of(transition)
        if isinstance(refusal, NotAllowed):
            raise PermissionDenied(str(refusal)) from refusal

    def refreshed(self) -> "ReleaseContext":
        """Return a context with the release read again."""
        fresh = context_of(self.user, self.desk.label.slug, self.release.reference)
        return replace(fresh, acted_by=self.acted_by)


def context_of(user: User, slug: str, code: str) -> ReleaseContext:
    """Return the context; raises Http404 for strangers and for a release that is not the label's. Two queries."""
    desk = desk_of(user, slug)
    found = Release.objects.of(desk.label).filter(reference=code).select_related("series").first()
    if found is None:
        raise Http404
    found.label = desk.label
    return ReleaseContext(user, desk, found)


def context_at(request: SignedInRequest, slug: str, code: str) -> ReleaseContext:
    """Return the context for a request. Raises Http404."""
    return replace(context_of(request.user, slug, code), acted_by=impersonator_of(request))


def actor_of(request: SignedInRequest) -> Actor:
    """Return the signed-in member as an actor, with whoever impersonates them."""
    return Actor.member(request.user, impersonator_of(request))


def manager_desk_of(user: User, slug: str) -> Desk:
    """Return the desk of a manager; raises Http404 for strangers and PermissionDenied below manager."""
    desk = desk_of(user, slug)
    if not desk.at_least(Role.MANAGER):
        raise PermissionDenied
    return desk


def today_at(label: Label) -> date:
    """Return the date at a label."""
    return now().astimezone(label.zone).date()


def page_context(desk: Desk) -> dict[str, Any]:
    """Return what every page of a desk's releases is drawn with."""
    return {
        "label": desk.label,
        "is_manager": desk.at_least(Role.MANAGER),
        "today": today_at(desk.label),
        "standing": read_only_because(desk.label),
    }
