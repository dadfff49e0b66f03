"""Values of the queue's own terms, read and written again; `kit.query.values` reads what all lists share."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from catalog.music import known_genres
from catalog.music.countries import COUNTRIES
from catalog.music.keys import UNKNOWN_KEY, parse_key
from catalog.music.units import parse_tempo
from desk.search import full_text
from kit import codes
from kit.folding import folded_name
from kit.query.values import DASHES, TermError, did_you_mean, name, names, parts, unquoted
from submissions.query_words import DEMOS, NO_TEMPO, NOBODY, UNKNOWN, Tempo

AGE = re.compile(r"([0-9]{1,5})\s*(d|days?|w|weeks?|m|months?|y|years?)?", re.IGNORECASE)
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST_AGE = 3650
COUNTRY_CODES = {folded_name(name): code for code, name in COUNTRIES} | {
    c.casefold(): c for c, _ in COUNTRIES
}


def genres(text: str) -> tuple[str, ...]:
    """Read genres by slug or name; a name that several share, such as `techno`, is all of them."""
    return tuple(sorted({slug for part in parts(text) for slug in _genre(part)}))


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


def artists(text: str) -> tuple[str, ...]:
    """Read names of artists, each with a letter or a digit to look for."""
    found = names(text)
    for each in found:
        if not full_text.is_findable(each):
            raise TermError(f"“{each}” has no letter and no digit to look for.")
    return found


def references(text: str) -> tuple[str, ...]:
    """Read whole references, however they are typed."""
    return tuple(sorted({_reference(part) for part in parts(text)}))


def _reference(text: str) -> str:
    try:
        return codes.normalise("TF", unquoted(text))
    except ValueError:
        raise TermError(f"“{unquoted(text)}” is no reference such as TF-4K7Q-9XMD.") from None


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
