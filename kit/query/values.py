"""Reading the values of a query's terms, and writing them again: what all lists share.

A reader takes the text after the colon and raises `TermError` with one sentence. What a writer returns, the
reader reads back as the same value.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

from kit.text_comparison import plain_signs

Reader = Callable[[str], object]

PARTS = re.compile(r'(?:"[^"]*"?|[^,"])+')
DASHES = re.compile(r"\s*(?:-|–|—|\.\.)\s*")
FLAG_WORDS = ("", "on", "yes", "true")
LONGEST_NAME = 254
"""The longest name of a tag or address of a member."""
SINGLE_QUOTED = re.compile(r"""("[^"]*"?)|(?<![^\s:,-])'([^'"\s](?:[^'"]*[^'"\s])?)'(?=[\s,]|$)""")
_PLAIN = re.compile(r"[\w.+&@/*#!?-][\w.+&@/'*#!?-]*")


class TermError(ValueError):
    """A term cannot be read; says why in one sentence."""


def plain_text(text: str) -> str:
    """Return typed text with plain signs, and what is in single quotes in double ones."""
    return SINGLE_QUOTED.sub(lambda each: each[1] or f'"{each[2]}"', plain_signs(text))


def unquoted(text: str) -> str:
    """Return text with plain signs, without quotes and extra spaces."""
    return " ".join(plain_signs(text).replace('"', "").split())


def comma_separated(read_one: Callable[[str], str]) -> Reader:
    """Return a reader of comma-separated values."""

    def read(text: str) -> tuple[str, ...]:
        return tuple(sorted({read_one(part) for part in parts(text)}))

    return read


def one_of(what: str, words: Mapping[str, str]) -> Callable[[str], str]:
    """Return a reader of one of these words; aliases may lead to the same value."""

    def read(text: str) -> str:
        typed = re.sub(r"[\s_-]+", "-", unquoted(text).casefold())
        if typed in words:
            return words[typed]
        raise TermError(
            f"There is no {what} “{unquoted(text)}”.{did_you_mean(typed, words)} Known: {known_words(words)}."
        )

    return read


def known_words(words: Mapping[str, str]) -> str:
    """List the words to choose from, without aliases."""
    first: dict[str, str] = {}
    for word, value in words.items():
        first.setdefault(value, word)
    return ", ".join(first.values())


def did_you_mean(typed: str, words: Iterable[str], before: str = "", after: str = "") -> str:
    """Return " Did you mean …?", "" where nothing is close."""
    close = get_close_matches(typed[:60], list(words), n=1)
    return f" Did you mean {before}{close[0]}{after}?" if close else ""


def names(text: str) -> tuple[str, ...]:
    """Read comma-separated names, in any case."""
    return tuple(sorted({name(part) for part in parts(text)}))


def name(text: str) -> str:
    """Read one name, in any case."""
    typed = unquoted(text)
    if len(typed) > LONGEST_NAME:
        raise TermError(f"“{typed[:20]}…” is too long for a name.")
    return typed.casefold()


def flag(text: str) -> bool:
    if unquoted(text).casefold() not in FLAG_WORDS:
        raise TermError("It stands alone, without a colon.")
    return True


def parts(text: str) -> list[str]:
    """Return what stands between the commas of a text, without quotes."""
    return [part for part in map(unquoted, PARTS.findall(text)) if part]


def joined(values: Iterable[str]) -> str:
    return ",".join(values)


def quoted(value: str) -> str:
    """Write a name, in quotes if it needs them."""
    return value if _PLAIN.fullmatch(value) else f'"{value}"'


def write_names(value: Iterable[str]) -> str:
    return joined(map(quoted, value))


def is_list(value: object) -> bool:
    """Whether it is one of several values that a comma separates, and no range."""
    return isinstance(value, tuple) and not hasattr(value, "_fields")
