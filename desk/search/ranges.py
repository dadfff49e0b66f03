"""Ranges of scores, read and written again."""

import re
from decimal import Decimal
from typing import NamedTuple

from desk.models.annotations import HIGHEST, LOWEST
from kit.query.values import DASHES, TermError, unquoted

COMPARISON = re.compile(r"(>=|=>|≥|<=|=<|≤)\s*(.*)")
SCORE = re.compile(r"[0-9](?:[.,][0-9]{1,2})?", re.ASCII)
NO_SCORE = "none"


class ScoreRange(NamedTuple):
    """A range of mean scores, ends included; None is an open end, two of them mean no score at all."""

    low: Decimal | None
    high: Decimal | None


UNSCORED = ScoreRange(None, None)


def score_range(text: str) -> ScoreRange:
    """Read `>=4`, `<=2`, `3-5`, `4`, `3-`, `-2` or `none`; raises TermError."""
    typed = unquoted(text).casefold()
    if typed == NO_SCORE:
        return UNSCORED
    if limit := COMPARISON.fullmatch(typed):
        low, high = (limit[2], "") if ">" in limit[1] or limit[1] == "≥" else ("", limit[2])
    else:
        low, *rest = DASHES.split(typed, maxsplit=1)
        high = rest[0] if rest else low
    ends = ScoreRange(_score(low, typed), _score(high, typed))
    if ends == UNSCORED:
        raise _score_error(typed)
    if ends.low and ends.high and ends.low > ends.high:
        raise TermError(f"“{typed}” runs backwards: write the lower score first.")
    return ends


def write_score_range(value: ScoreRange) -> str:
    low, high = (f"{end.normalize():f}" if end else "" for end in value)
    if value == UNSCORED:
        return NO_SCORE
    if low and high:
        return low if low == high else f"{low}-{high}"
    return f">={low}" if low else f"<={high}"


def _score(text: str, typed: str) -> Decimal | None:
    if not text:
        return None
    found = Decimal(text.replace(",", ".")) if SCORE.fullmatch(text) else None
    if found is None or not LOWEST <= found <= HIGHEST:
        raise _score_error(typed)
    return found


def _score_error(typed: str) -> TermError:
    return TermError(f"“{typed}” is no range of scores: write >=4, 3-5, 4, <=2 or none; they go from 1 to 5.")
