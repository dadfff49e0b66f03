"""Words of a query, and the PostgreSQL text search for them."""

import re
import unicodedata
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from kit import codes
from kit.forms import tidy

QUOTES = str.maketrans("“”„", '"' * 3)
MARKS = re.compile("[\u0300-\u036f]")
LONGEST = 150
PREFIX_FROM = 3
"""Shorter words match whole words, longer ones also find words that begin with them."""


def clean(word: str) -> str:
    """Return a word or phrase without quotes and with single spaces."""
    return tidy(" ".join(tidy(word).translate(QUOTES).replace('"', " ").split()))


def fold(word: str) -> str:
    """Return a word folded like those in the column `team_search` (SQL: `submissions_fold`)."""
    return MARKS.sub("", unicodedata.normalize("NFKD", word))


def is_findable(word: str) -> bool:
    """Whether it has a letter or a digit."""
    return any(sign.isalnum() for sign in fold(word))


def contains_all(words: Iterable[str], label_id: int) -> Q:
    """Return the condition that all words occur; references and their beginnings count as words."""
    words = list(words)
    all_words = " & ".join(_any_of([_word_lexeme(fold(word)), *_reference_prefixes(word)]) for word in words)
    whole = _reference_lexeme(" ".join(words))
    found = _any_of([f"({all_words})", f"'{whole}'"]) if whole else all_words
    return Q(team_search=SearchQuery(f"'l{label_id}' & {found}", config="simple", search_type="raw"))


def _any_of(parts: list[str]) -> str:
    return f"({' | '.join(parts)})"


def _word_lexeme(word: str) -> str:
    inner = word[: 2 * LONGEST].replace("\\", " ").replace("'", "''")
    letters = sum(sign.isalnum() for sign in inner)
    # a prefix search for the "tf" of "tf-4k7q" would match every reference
    is_whole = letters < PREFIX_FROM or inner.casefold().startswith("tf-")
    return f"'{inner}'" if is_whole else f"'{inner}':*"


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
