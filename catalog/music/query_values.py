"""Values of the query language that are about music: read and written the same in every list (`kit.query`)."""

from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from catalog.music import known_genres
from catalog.music.keys import UNKNOWN_KEY, parse_key
from catalog.music.units import display_tempo, parse_tempo
from kit.query.values import DASHES, TermError, did_you_mean, parts, unquoted

UNKNOWN = "unknown"


class Tempo(NamedTuple):
    """A range of tempos, ends included; None leaves an end open, two Nones mean that the tempo is unknown."""

    low: Decimal | None
    high: Decimal | None


NO_TEMPO = Tempo(None, None)


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


def _tempo_end(text: str) -> Decimal | None:
    try:
        return parse_tempo(text) if text else None
    except ValidationError as error:
        raise TermError(" ".join(error.messages)) from None


def write_tempo(value: Tempo) -> str:
    if value == NO_TEMPO:
        return UNKNOWN
    low, high = (display_tempo(end) if end else "" for end in value)
    return low if low == high else f"{low}-{high}"


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


def genres(text: str) -> tuple[str, ...]:
    """Read genres by slug or name; a name that several share, such as `techno`, is all of them."""
    return tuple(sorted({slug for part in parts(text) for slug in _genre(part)}))


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
