"""Going from one desk to the same place at another."""

from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse

from accounts.models import User
from labels.choices import Role
from labels.models import Membership

HOME = "desk:queue"
PLACES = MappingProxyType(
    {
        "desk:bulks": Role.VIEWER,
        "desk:log": Role.VIEWER,
        "desk:outbox": Role.VIEWER,
        "workspace:team": Role.VIEWER,
        "workspace:templates": Role.VIEWER,
        "desk:views": Role.VIEWER,
        "workspace:blocks": Role.MANAGER,
        "workspace:embed": Role.MANAGER,
        "workspace:intakes": Role.MANAGER,
        "workspace:proof": Role.MANAGER,
        "desk:settings": Role.MANAGER,
        "workspace:setup": Role.MANAGER,
        "desk:tags": Role.MANAGER,
        "labels:settings": Role.MANAGER,
    }
)
"""Places that every desk has, each with the least role that may open it."""


@dataclass(frozen=True)
class Stand:
    """One of the reader's desks; `href` is where it leads to from the page that is open."""

    name: str
    slug: str
    href: str
    is_here: bool


def stands_of(user: User, request: HttpRequest) -> list[Stand]:
    """Return the desks that a reader may enter, by name. One query."""
    own = Membership.objects.filter(user=user).select_related("label").order_by("label__name", "label_id")
    return [_stand(membership, request.resolver_match) for membership in own]


def slug_here(match: ResolverMatch | None) -> str:
    """Return the slug of the label at whose desk, or set-up, an address is; "" where it is at none."""
    if match is None or not (match.app_name in ("desk", "workspace") or match.view_name in PLACES):
        return ""
    return str(match.kwargs.get("slug", ""))


def _stand(membership: Membership, match: ResolverMatch | None) -> Stand:
    label = membership.label
    here = slug_here(match)
    place = match.view_name if match and here else HOME
    least = PLACES.get(place)
    is_open = least is not None and membership.role >= least
    href = reverse(place if is_open else HOME, args=[label.slug])
    return Stand(label.name, label.slug, href, is_here=here == label.slug)
