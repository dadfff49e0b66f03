"""Years and shares in a query: `2026`, `80-`, `-20`, `40-60`."""

import re
from collections.abc import Callable
from typing import NamedTuple

from kit.query.values import TermError, unquoted

RANGE = re.compile(r"(\d{1,4})?\s*(-|–|—|\.{2,3}|…)?\s*(\d{1,4})?")


class Numbers(NamedTuple):
    """A range of whole numbers, ends included; None leaves an end open."""

    low: int | None
    high: int | None


def numbers_reader(what: str, lowest: int, highest: int) -> Callable[[str], Numbers]:
    """Return a reader of ranges of whole numbers within these."""

    def read(text: str) -> Numbers:
        typed = unquoted(text).replace("%", "")
        span = RANGE.fullmatch(typed)
        if not span or not (span[1] or span[3]):
            raise TermError(f"“{typed}” is not a {what}: write {lowest}, {lowest}-{highest} or {lowest}-.")
        low, high = (int(each) if each else None for each in (span[1], span[3]))
        found = Numbers(low, high if span[2] else low)
        if any(each is not None and not lowest <= each <= highest for each in found):
            raise TermError(f"A {what} must be between {lowest} and {highest}.")
        if found.low is not None and found.high is not None and found.low > found.high:
            raise TermError(f"“{typed}” runs backwards: write the lower number first.")
        return found

    return read


def write_numbers(value: Numbers) -> str:
    if value.low == value.high:
        return str(value.low)
    return f"{'' if value.low is None else value.low}-{'' if value.high is None else value.high}"
