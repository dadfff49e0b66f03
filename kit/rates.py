"""How often something may be done, as `limit_table` and the setting `LIMITS` write it: `30/m/user, 200/h/address`."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest

UNITS = {"m": 60, "h": 3600, "d": 86_400}
PER = ("user", "address", "label", "key")
_RATE = re.compile(r"(\d{1,6})/(\d{0,2})([mhd])/(user|address|label|key)")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many seconds, for each user, address, label, or key that the caller names."""

    most: int
    seconds: int
    per: str

    def __str__(self) -> str:
        unit = next(name for name, size in reversed(UNITS.items()) if self.seconds % size == 0)
        count = self.seconds // UNITS[unit]
        return f"{self.most}/{count if count > 1 else ''}{unit}/{self.per}"


def _always(request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True)
class Limit:
    """A row of the table.

    `sentence` says what there was too much of; `pages` are URL names whose requests by one of `methods` count, if
    `counts` says so. Other rows are counted by code. What is `in_memory` is counted by each process for itself.
    """

    sentence: str
    rates: tuple[Rate, ...]
    pages: tuple[str, ...] = ()
    methods: Collection[str] = ("POST",)
    counts: Callable[[HttpRequest], bool] = _always
    in_memory: bool = False


def read_rates(text: str) -> tuple[Rate, ...]:
    """Return the rates of a text; none for "off". Raises ValueError for what is no rate."""
    return () if text.strip() == "off" else tuple(map(_read, text.split(",")))


def changed(limits: Mapping[str, Limit], text: str) -> dict[str, Limit]:
    """Return the limits with other rates: `name=rates; name=rates`, or "off" for none at all.

    Raises ValueError for a name or a rate that does not exist.
    """
    if text.strip() == "off":
        return {name: replace(limit, rates=()) for name, limit in limits.items()}
    found = dict(limits)
    for part in filter(str.strip, text.split(";")):
        name, _, rates = part.partition("=")
        if name.strip() not in limits:
            raise ValueError(f"there is no limit {name.strip()!r}, but {', '.join(sorted(limits))}")
        found[name.strip()] = replace(limits[name.strip()], rates=read_rates(rates))
    return found


def _read(text: str) -> Rate:
    found = _RATE.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise ValueError(f"{text.strip()!r} is no rate; 20/h/user, 5/10m/address and 100/d/label are")
    return Rate(int(found[1]), int(found[2] or 1) * UNITS[found[3]], found[4])
