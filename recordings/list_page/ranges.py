"""Ranges of length and of loudness in a query: read, and written again."""

import re
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from catalog.music.query_values import UNKNOWN
from catalog.music.units import display_duration, parse_duration
from kit.query.values import DASHES, TermError, unquoted

LUFS = re.compile(r"([+-]?[0-9]{1,2}(?:[.,][0-9])?)(?:\s*lufs)?", re.IGNORECASE)
FROM_TO = re.compile(r"\s*(?:\.{2,3}|…|–|—)\s*")


class Lengths(NamedTuple):
    """Seconds, ends included; None leaves an end open, two Nones mean that the length is unknown."""

    low: int | None
    high: int | None


class Loudnesses(NamedTuple):
    """LUFS, ends included; None leaves an end open, two Nones mean that it was not measured."""

    low: Decimal | None
    high: Decimal | None


def lengths(text: str) -> Lengths:
    """Read `3:00-7:00`, `60:00-`, `-2:30`, `6:32` or `unknown`."""
    typed = unquoted(text)
    if typed.casefold() == UNKNOWN:
        return Lengths(None, None)
    ends = DASHES.split(typed)
    if len(ends) > 2 or not any(ends):
        raise TermError(f"“{typed}” is no range of lengths: write 3:00-7:00, 60:00-, -2:30 or unknown.")
    low, high = (_seconds(end) for end in (ends[0], ends[-1]))
    if low and high and low > high:
        raise TermError(f"“{typed}” runs backwards: write the shorter end first.")
    return Lengths(low, high)


def write_lengths(value: Lengths) -> str:
    if value == (None, None):
        return UNKNOWN
    low, high = (display_duration(end) if end else "" for end in value)
    return low if low == high else f"{low}-{high}"


def loudnesses(text: str) -> Loudnesses:
    """Read `-12..-8`, `-9..`, `..-14`, `-9` or `unknown`; a minus is a sign here, so two dots make a range."""
    typed = unquoted(text)
    if typed.casefold() == UNKNOWN:
        return Loudnesses(None, None)
    ends = FROM_TO.split(typed)
    if len(ends) > 2 or not any(ends):
        raise _no_loudness(typed)
    low, high = (_lufs(end, typed) for end in (ends[0], ends[-1]))
    if low is not None and high is not None and low > high:
        raise TermError(f"“{typed}” runs backwards: write the quieter end first.")
    return Loudnesses(low, high)


def write_loudnesses(value: Loudnesses) -> str:
    if value == (None, None):
        return UNKNOWN
    low, high = ("" if end is None else f"{end.normalize():f}" for end in value)
    return low if low == high else f"{low}..{high}"


def _seconds(text: str) -> int | None:
    try:
        return parse_duration(text) if text else None
    except ValidationError as error:
        raise TermError(" ".join(error.messages)) from None


def _lufs(text: str, typed: str) -> Decimal | None:
    found = LUFS.fullmatch(text)
    if text and not found:
        raise _no_loudness(typed)
    return Decimal(found[1].replace(",", ".")) if found else None


def _no_loudness(typed: str) -> TermError:
    return TermError(f"“{typed}” is no range of loudness in LUFS: write -12..-8, -9.., ..-14 or unknown.")
