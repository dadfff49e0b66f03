"""Values of the queue's own terms, read and written again.

`kit.query.values` and `catalog.music.query_values` read what all lists share.
"""

import re

from catalog.music.countries import COUNTRIES
from catalog.music.query_values import UNKNOWN
from kit import codes
from kit.query.lexemes import is_findable
from kit.query.values import TermError, did_you_mean, name, names, parts, unquoted
from kit.text_comparison import folded_name
from submissions.query_words import DEMOS, NOBODY

AGE = re.compile(r"([0-9]{1,5})\s*(d|days?|w|weeks?|m|months?|y|years?)?", re.IGNORECASE)
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
LONGEST_AGE = 3650
COUNTRY_CODES = {folded_name(name): code for code, name in COUNTRIES} | {
    c.casefold(): c for c, _ in COUNTRIES
}


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
        if not is_findable(each):
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
