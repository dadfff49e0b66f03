"""Reading ranges of scores, and writing them again."""

import re
from decimal import Decimal
from typing import NamedTuple

from desk.models.annotations import HIGHEST, LOWEST
from desk.search.values import DASHES, WrongError, bare

AT_LEAST = re.compile(r"(>=|=>|≥|<=|=<|≤)\s*(.*)")
FIGURE = re.compile(r"[0-9](?:[.,][0-9]{1,2})?", re.ASCII)
NONE = "none"


class Scores(NamedTuple):
    """A range of mean scores, both ends in it; None leaves an end open, both are no score at all."""

    low: Decimal | None
    high: Decimal | None


UNSCORED = Scores(None, None)


def scores(text: str) -> Scores:
    """Read `>=4`, `<=2`, `3-5`, `4`, `3-`, `-2` or `none`; raises WrongError."""
    typed = bare(text).casefold()
    if typed == NONE:
        return UNSCORED
    if limit := AT_LEAST.fullmatch(typed):
        low, high = (limit[2], "") if ">" in limit[1] or limit[1] == "≥" else ("", limit[2])
    else:
        low, *rest = DASHES.split(typed, maxsplit=1)
        high = rest[0] if rest else low
    ends = Scores(_figure(low, typed), _figure(high, typed))
    if ends == UNSCORED:
        raise _wrong(typed)
    if ends.low and ends.high and ends.low > ends.high:
        raise WrongError(f"“{typed}” runs backwards: write the lower score first.")
    return ends


def write_scores(value: Scores) -> str:
    low, high = (f"{end.normalize():f}" if end else "" for end in value)
    if value == UNSCORED:
        return NONE
    if low and high:
        return low if low == high else f"{low}-{high}"
    return f">={low}" if low else f"<={high}"


def _figure(text: str, typed: str) -> Decimal | None:
    if not text:
        return None
    found = Decimal(text.replace(",", ".")) if FIGURE.fullmatch(text) else None
    if found is None or not LOWEST <= found <= HIGHEST:
        raise _wrong(typed)
    return found


def _wrong(typed: str) -> WrongError:
    return WrongError(
        f"“{typed}” is no range of scores: write >=4, 3-5, 4, <=2 or none; they go from 1 to 5."
    )
