"""Words of a query as lexemes of PostgreSQL's text search, which holds folded words and public codes."""

import re
from collections.abc import Iterable

from kit import codes
from kit.forms import tidy
from kit.text_comparison import fold, plain_signs

OWNER = "ĺ"
"""What the lexeme of a row's owner begins with: no folded word has it."""

LONGEST = 150
PREFIX_FROM = 3
"""Shorter words match whole words, longer ones also find words that begin with them."""


def clean(word: str) -> str:
    """Return a word or phrase with plain signs, without quotes and with single spaces."""
    return tidy(" ".join(plain_signs(tidy(word)).replace('"', " ").split()))


def is_findable(word: str) -> bool:
    """Whether it has a letter or a digit."""
    return any(sign.isalnum() for sign in fold(word))


def owned_by(owner: object) -> str:
    """Return the lexeme of a label or a shelf by its primary key, so that one index serves every owner."""
    return f"'{OWNER}{owner}'"


def any_of(parts: Iterable[str]) -> str:
    return f"({' | '.join(parts)})"


def word_or_code(word: str, prefix: str) -> str:
    """Return what finds a word, or codes with this prefix that begin with it."""
    return any_of([lexeme(word), *_code_prefixes(word, prefix)])


def lexeme(word: str, weight: str = "") -> str:
    """Return the phrase of a word's parts; the last part may be a beginning.

    Only that: the beginning "t" of "don't" would be looked for among codes too, which have no place in a phrase.
    """
    *parts, last = fold(word)[: 2 * LONGEST].split()
    marks = "*" * (len(last) >= PREFIX_FROM) + weight
    lexemes = [f"'{part}'{':' * bool(weight)}{weight}" for part in parts]
    return "(" + " <-> ".join([*lexemes, f"'{last}'{':' * bool(marks)}{marks}"]) + ")"


def whole_code(text: str, prefix: str) -> str:
    """Return the lexeme of a whole code, "" if the text is none."""
    try:
        return codes.normalise(prefix, text).replace("-", "").lower()
    except ValueError:
        return ""


def _code_prefixes(word: str, prefix: str) -> list[str]:
    """Return the lexemes of codes that begin with this word."""
    typed = re.sub(r"[\s-]", "", word.upper())
    starts = {typed} if 4 <= len(typed) <= 8 else set()
    if typed.startswith(prefix) and 4 <= len(typed) <= 8 + len(prefix):
        starts.add(typed.removeprefix(prefix))
    folded = sorted(start.translate(codes.FOLD) for start in starts)
    return [
        f"'{prefix.lower()}{start.lower()}':*" for start in folded if not set(start) - set(codes.ALPHABET)
    ]
