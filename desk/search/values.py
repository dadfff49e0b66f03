"""Reading the values of a query's terms, and writing them again.

A reader takes the text after the colon and raises `TermError` with one sentence. What a writer returns, the
reader reads back as the same value.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from catalog.music import known_genres
from catalog.music.countries import COUNTRIES
from catalog.music.keys import UNKNOWN_KEY, parse_key
from catalog.music.units import parse_tempo
from desk.search import full_text
from kit import codes
from kit.folding import folded_name, plain_signs
from submissions.query_words import DEMOS, NO_TEMPO, NOBODY, UNKNOWN, Tempo

Reader = Callable[[str], object]

PARTS = re.compile(r'(?:"[^"]*"?|[^,"])+')
AGE = re.compile(r"([0-9]{1,5})\s*(d|days?|w|weeks?|m|months?|y|years?)?", re.IGNORECASE)
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST_AGE = 3650
DASHES = re.compile(r"\s*(?:-|–|—|\.\.)\s*")
FLAG_WORDS = ("", "on", "yes", "true")
LONGEST_NAME = 254
"""The longest name of a tag or address of a member."""
COUNTRY_CODES = {folded_name(name): code for code, name in COUNTRIES} | {
    c.casefold(): c for c, _ in COUNTRIES
}
SINGLE_QUOTED = re.compile(r"""("[^"]*"?)|(?<![^\s:,-])'([^'"\s](?:[^'"]*[^'"\s])?)'(?=[\s,]|$)""")


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
        return tuple(sorted({read_one(part) for part in _parts(text)}))

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


def genres(text: str) -> tuple[str, ...]:
    """Read genres by slug or name; a name that several share, such as `techno`, is all of them."""
    return tuple(sorted({slug for part in _parts(text) for slug in _genre(part)}))


def key(text: str) -> str:
    try:
        return parse_key(text)
    except ValidationError:
        raise TermError(f"“{text}” is no key. Write it like 8A, Am, F#m or Gb major, or unknown.") from None


def mixing_key(text: str) -> str:
    found = key(text)
    if found == UNKNOWN_KEY:
        raise TermError("Nothing is known to mix with an unknown key.")
    return found


def country(text: str) -> str:
    typed = folded_name(text)
    if typed == UNKNOWN:
        return UNKNOWN
    if typed in COUNTRY_CODES:
        return COUNTRY_CODES[typed]
    hint = did_you_mean(typed, [*COUNTRY_CODES, UNKNOWN])
    raise TermError(
        f"There is no country “{text}”.{hint} Write its code or its name: DE or Germany; or unknown."
    )


def intake(text: str) -> str:
    typed = unquoted(text)
    if typed.casefold() == DEMOS:
        return DEMOS
    try:
        return codes.normalise("CL", typed)
    except ValueError:
        raise TermError(f"“{typed}” is no intake: write demos, or a call’s code, CL-4K7Q-9XMD.") from None


def names(text: str) -> tuple[str, ...]:
    """Read comma-separated names, in any case."""
    return tuple(sorted({name(part) for part in _parts(text)}))


def name(text: str) -> str:
    """Read one name, in any case."""
    typed = unquoted(text)
    if len(typed) > LONGEST_NAME:
        raise TermError(f"“{typed[:20]}…” is too long for a name.")
    return typed.casefold()


def artists(text: str) -> tuple[str, ...]:
    """Read names of artists, each with a letter or a digit to look for."""
    found = names(text)
    for each in found:
        if not full_text.is_findable(each):
            raise TermError(f"“{each}” has no letter and no digit to look for.")
    return found


def catalogue_numbers(text: str) -> tuple[str, ...]:
    """Read catalogue numbers or their beginnings, or `none`."""
    return tuple(sorted({each if each == NOBODY else each.upper() for each in names(text)}))


def person(text: str) -> str:
    """Read `me`, `none` or the name of a member."""
    typed = name(text)
    return NOBODY if typed == "nobody" else typed


def tempo(text: str) -> Tempo:
    """Read `122-128`, `128`, `120-`, `-128` or `unknown`."""
    typed = unquoted(text)
    if typed.casefold() == UNKNOWN:
        return NO_TEMPO
    ends = DASHES.split(typed)
    if len(ends) > 2 or not any(ends):
        raise TermError(f"“{typed}” is no range of tempos: write 122-128, 128, 120-, -128 or unknown.")
    low, high = _tempo_end(ends[0]), _tempo_end(ends[-1])
    if low and high and low > high:
        raise TermError(f"“{typed}” runs backwards: write the slower end first.")
    return Tempo(low, high)


def age(text: str) -> int:
    """Return the days of `14d`, `2w`, `3m` or `1y`; a number alone is days."""
    typed = unquoted(text)
    found = AGE.fullmatch(typed)
    count = int(found[1]) * DAYS[(found[2] or "d")[0].casefold()] if found else 0
    if not 1 <= count <= LONGEST_AGE:
        raise TermError(f"“{typed}” is no age: write it like 14d, 2w, 3m or 1y, ten years at most.")
    return count


def write_age(value: int) -> str:
    return f"{value}d"


def flag(text: str) -> bool:
    if unquoted(text).casefold() not in FLAG_WORDS:
        raise TermError("It stands alone, without a colon.")
    return True


def _parts(text: str) -> list[str]:
    return [part for part in map(unquoted, PARTS.findall(text)) if part]


def _genre(text: str) -> list[str]:
    if text.startswith("'") or text.endswith("'"):
        raise TermError(f'A quotation mark is missing around “{text}”. Write it like genre:"tech house".')
    found = [UNKNOWN] if text.casefold() == UNKNOWN else known_genres.slugs_of(text)
    if len(found) > 1 and any(known_genres.genres()[slug].parent for slug in found):
        raise TermError(f"Several genres are called “{text}”: {', '.join(found)}.")
    if found:
        return found
    hint = did_you_mean(slugify(text), known_genres.names())
    raise TermError(f"There is no genre “{text}”.{hint} The controls list them all.")


def _tempo_end(text: str) -> Decimal | None:
    try:
        return parse_tempo(text) if text else None
    except ValidationError as error:
        raise TermError(" ".join(error.messages)) from None
