"""Words of a query, and the PostgreSQL text search for them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from kit.query.lexemes import any_of, lexeme, owned_by, whole_code, word_or_code

REFERENCE = "TF"


def contains_all(words: Iterable[str], label_id: int) -> Q:
    """Return the condition that all words occur; references and their beginnings count as words."""
    return matches(all_of(words, label_id))


def all_of(words: Iterable[str], label_id: int) -> str:
    """Return the same as text for `matches`."""
    words = list(words)
    all_words = " & ".join(word_or_code(word, REFERENCE) for word in words)
    whole = whole_code(" ".join(words), REFERENCE)
    found = any_of([f"({all_words})", f"'{whole}'"]) if whole else all_words
    return f"{owned_by(label_id)} & {found}"


def contains_any(words: Iterable[str]) -> Q:
    """Return the condition that one of the words occurs, for leaving out: no index serves it."""
    return matches(any_of(word_or_code(word, REFERENCE) for word in words))


def artist_has_any(names: Iterable[str], label_id: int) -> Q:
    """Return the condition that one of the names is in the artist's; a beginning of a word is enough."""
    return matches(f"{owned_by(label_id)} & {any_of(lexeme(name, 'A') for name in names)}")


def matches(query: Any) -> Q:
    """Return the condition that a text search finds something, given as PostgreSQL's own language."""
    return Q(team_search=SearchQuery(query, config="simple", search_type="raw"))
