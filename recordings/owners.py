"""Who has shelves, so that the menu need not ask on every page: read once a minute in each process."""

from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from django.conf import settings

from accounts.models import User
from labels.access import memberships_of
from recordings.models import Shelf

CACHE_SECONDS = 60


@dataclass(frozen=True)
class Owners:
    """Primary keys of labels and of persons."""

    labels: frozenset[int | None]
    persons: frozenset[int | None]


def sees_shelves(user: User) -> bool:
    """Whether a person may see a shelf, as far as was known a minute ago. Without `SHELVES` nobody does.

    No query of its own but once a minute; the page asks for memberships anyway.
    """
    if not settings.SHELVES:
        return False
    owners = _owners(int(monotonic() / CACHE_SECONDS))
    if user.pk in owners.persons:
        return True
    return any(each.label_id in owners.labels and not each.is_shut for each in memberships_of(user))


def forget_owners() -> None:
    """Read them again when they are asked for next, in this process."""
    _owners.cache_clear()


@lru_cache(maxsize=1)
def _owners(_period: int) -> Owners:
    found = list(Shelf.objects.values_list("label", "person"))
    return Owners(frozenset(label for label, _ in found), frozenset(person for _, person in found))
