"""A label's recordings without a demo, found by words of their names; a browser never sends a path."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from kit.query.lexemes import any_of, clean, is_findable, owned_by, word_or_code
from recordings.masters.service import MASTERS
from recordings.models import Recording, Shelf

PREFIX = "RE"
MOST = 20
LONGEST = 120


def unmatched(shelves: Sequence[Shelf], typed: str) -> list[Recording]:
    """Return what has all these words, the newest first and 20 at most; without words the newest masters. One query."""
    words = [clean(word) for word in typed[:LONGEST].split()]
    words = [word for word in words if is_findable(word)]
    rows = Recording.objects.listed().filter(shelf__in=shelves, submission=None)
    rows = rows.filter(_has_all(words, shelves) if words else Q(kind__in=MASTERS))
    return list(rows.order_by("-created_at", "-id")[:MOST]) if shelves else []


def _has_all(words: Sequence[str], shelves: Sequence[Shelf]) -> Q:
    owners = any_of(owned_by(shelf.pk) for shelf in shelves)
    asked = " & ".join([owners, *(word_or_code(word, PREFIX) for word in words)])
    return Q(search=SearchQuery(asked, config="simple", search_type="raw"))
