"""Words of a query, and the PostgreSQL text search for them."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from kit import codes
from kit.folding import fold, plain_signs
from kit.forms import tidy

LABEL = "ĺ"
"""What the lexeme of a label begins with: no folded word has it."""

LONGEST = 150
PREFIX_FROM = 3
"""Shorter words match whole words, longer ones also find words that begin with them."""


def clean(word: str) -> str:
    """Return a word or phrase with plain signs, without quotes and with single spaces."""
    return tidy(" ".join(plain_signs(tidy(word)).replace('"', " ").split()))


def is_findable(word: str) -> bool:
    """Whether it has a letter or a digit."""
    return any(sign.isalnum() for sign in fold(word))


def contains_all(words: Iterable[str], label_id: int) -> Q:
    """Return the condition that all words occur; references and their beginnings count as words."""
    return matches(all_of(words, label_id))


def all_of(words: Iterable[str], label_id: int) -> str:
    """Return the same as text for `matches`."""
    words = list(words)
    all_words = " & ".join(map(_word_or_reference, words))
    whole = _reference_lexeme(" ".join(words))
    found = _any_of([f"({all_words})", f"'{whole}'"]) if whole else all_words
    return f"'{LABEL}{label_id}' & {found}"


def contains_any(words: Iterable[str]) -> Q:
    """Return the condition that one of the words occurs, for leaving out: no index serves it."""
    return matches(_any_of([_word_or_reference(word) for word in words]))


def artist_has_any(names: Iterable[str], label_id: int) -> Q:
    """Return the condition that one of the names is in the artist's; a beginning of a word is enough."""
    return matches(f"'{LABEL}{label_id}' & {_any_of([_lexeme(name, 'A') for name in names])}")


def matches(query: Any) -> Q:
    """Return the condition that a text search finds something, given as PostgreSQL's own language."""
    return Q(team_search=SearchQuery(query, config="simple", search_type="raw"))


def _any_of(parts: list[str]) -> str:
    return f"({' | '.join(parts)})"


def _word_or_reference(word: str) -> str:
    return _any_of([_lexeme(word), *_reference_prefixes(word)])


def _lexeme(word: str, weight: str = "") -> str:
    """Return the phrase of a word's parts; the last part may be a beginning.

    Only that: the beginning "t" of "don't" would be looked for among references too, which have no place in a phrase.
    """
    *parts, last = fold(word)[: 2 * LONGEST].split()
    marks = "*" * (len(last) >= PREFIX_FROM) + weight
    lexemes = [f"'{part}'{':' * bool(weight)}{weight}" for part in parts]
    return "(" + " <-> ".join([*lexemes, f"'{last}'{':' * bool(marks)}{marks}"]) + ")"


def _reference_prefixes(word: str) -> list[str]:
    """Return the lexemes of references that begin with this word."""
    typed = re.sub(r"[\s-]", "", word.upper())
    starts = {typed} if 4 <= len(typed) <= 8 else set()
    if typed.startswith("TF") and 4 <= len(typed) <= 10:
        starts.add(typed[2:])
    folded = sorted(start.translate(codes.FOLD) for start in starts)
    return [f"'tf{start.lower()}':*" for start in folded if not set(start) - set(codes.ALPHABET)]


def _reference_lexeme(text: str) -> str:
    try:
        return codes.normalise("TF", text).replace("-", "").lower()
    except ValueError:
        return ""
