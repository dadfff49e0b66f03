"""Searching for words: as a query holds them, and as PostgreSQL's text search is asked for them."""

import re
import unicodedata
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from kit import codes
from kit.text import tidy

QUOTES = str.maketrans("“”„", '"' * 3)
MARKS = re.compile("[\u0300-\u036f]")
LONGEST = 150
PREFIX_FROM = 3
"""Shorter words are looked for as they are, longer ones find words that begin with them."""


def clean(word: str) -> str:
    """Return a word or phrase as a query holds it: no quotes, single spaces."""
    return tidy(" ".join(tidy(word).translate(QUOTES).replace('"', " ").split()))


def fold(word: str) -> str:
    """Return a word as the column `team_search` was made of it (SQL: `submissions_fold`)."""
    return MARKS.sub("", unicodedata.normalize("NFKD", word))


def is_findable(word: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(sign.isalnum() for sign in fold(word))


def matching(words: Iterable[str], label_id: int) -> Q:
    """Return the condition that all words occur; a reference or its beginning is a word too."""
    words = list(words)
    every = " & ".join(_any_of([_quoted(fold(word)), *_references(word)]) for word in words)
    whole = _code(" ".join(words))
    found = _any_of([f"({every})", f"'{whole}'"]) if whole else every
    return Q(team_search=SearchQuery(f"'l{label_id}' & {found}", config="simple", search_type="raw"))


def _any_of(parts: list[str]) -> str:
    return f"({' | '.join(parts)})"


def _quoted(word: str) -> str:
    inner = word[: 2 * LONGEST].replace("\\", " ").replace("'", "''")
    letters = sum(sign.isalnum() for sign in inner)
    # words that begin with the "tf" in "tf-4k7q" are all references there are
    is_whole = letters < PREFIX_FROM or inner.casefold().startswith("tf-")
    return f"'{inner}'" if is_whole else f"'{inner}':*"


def _references(word: str) -> list[str]:
    """Return the lexemes of references that begin like this word."""
    typed = re.sub(r"[\s-]", "", word.upper())
    starts = {typed} if 4 <= len(typed) <= 8 else set()
    if typed.startswith("TF") and 4 <= len(typed) <= 10:
        starts.add(typed[2:])
    folded = sorted(start.translate(codes.FOLD) for start in starts)
    return [f"'tf{start.lower()}':*" for start in folded if not set(start) - set(codes.ALPHABET)]


def _code(text: str) -> str:
    try:
        return codes.normalise("TF", text).replace("-", "").lower()
    except ValueError:
        return ""
