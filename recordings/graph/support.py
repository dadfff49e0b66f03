"""DJ support for pages of the desk and of releases: where music was played, as far as this member may see."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import Http404

from accounts.models import User
from recordings.access import shelves_of
from recordings.graph import service
from recordings.graph.page import SupportRow, ids_of, rows_of

ROWS = 20


def support_of(user: User, digests: Callable[[], Iterable[str]]) -> list[SupportRow]:
    """Return where music with these names was played, the newest recordings first.

    Asks nothing while `SHELVES` is empty, and no names for who sees no shelf; else four queries besides `digests`.
    """
    if not settings.SHELVES:
        return []
    try:
        shelves = shelves_of(user)
    except Http404:
        return []
    wanted = set(digests())
    return rows_of(service.plays_of(wanted, ids_of(shelves), limit=ROWS)) if wanted else []
