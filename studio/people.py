"""How a person is shown in the studio, where strangers meet: never by their address."""

from dataclasses import dataclass

from accounts.models import User
from catalog.models import Profile
from studio.names import name_of


@dataclass(frozen=True)
class Person:
    """Name, picture's code and public page, each "" if there is none."""

    name: str
    picture: str
    page: str
    is_you: bool = False


def person_of(user: User, reader: User | None = None) -> Person:
    """Return how somebody is shown to a reader; expects the profile with them."""
    profile: Profile | None = getattr(user, "profile", None)
    picture = (profile.avatar_id or "") if profile else ""
    is_you = reader is not None and user.pk == reader.pk
    return Person(name_of(user), picture, _page_of(user, profile), is_you)


def _page_of(user: User, profile: Profile | None) -> str:
    """Return the address of a producer's public page, "" if there is none."""
    is_shown = profile is not None and profile.is_public and user.is_active
    return profile.get_absolute_url() if profile and is_shown else ""
