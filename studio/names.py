"""What people are called in the studio: by their artist name, or the name of their account."""

from collections.abc import Iterable

from accounts.models import User

NOBODY = "somebody"
PRIVATE_NOW = "a project that is private now"
"""What a project is called to somebody who knew it while they could see it."""


def name_of(user: User | None) -> str:
    """Return a person's name; their profile is read with `select_related`, so that a list costs no further query."""
    if user is None:
        return NOBODY
    return getattr(getattr(user, "profile", None), "artist_name", "") or user.name or NOBODY


def names_of(pks: Iterable[int]) -> dict[int, str]:
    """Return the names of these people. One query, none for nobody."""
    wanted = set(pks)
    if not wanted:
        return {}
    rows = User.objects.filter(pk__in=wanted).values_list("pk", "name", "profile__artist_name")
    return {pk: artist or name or NOBODY for pk, name, artist in rows}
