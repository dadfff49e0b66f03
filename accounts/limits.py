"""How often something may be done: tries counted against the rows of `LIMITS` (`trackflow.limit_table`).

One statement counts a try against all rates of a row, whatever happens at the same moment; what is `in_memory` costs
none, and each process counts for itself. The window of a rate begins with its first try; a refused try counts nowhere.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kit.clock import now
from kit.rates import Limit, Rate

COUNT = """
INSERT INTO accounts_ratecount AS kept (key, count, until)
SELECT key, 1, %(now)s + make_interval(secs => seconds)
FROM unnest(%(keys)s::text[], %(seconds)s::int[]) AS asked (key, seconds)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN kept.until <= %(now)s THEN 1 ELSE kept.count + 1 END,
    until = CASE WHEN kept.until <= %(now)s THEN excluded.until ELSE kept.until END
RETURNING key, count, until
"""
TAKE_BACK = "UPDATE accounts_ratecount SET count = count - 1 WHERE key = ANY(%s) AND count > 0"
FORGET = "DELETE FROM accounts_ratecount WHERE key = ANY(%s)"
MOST_IN_MEMORY = 20_000
"""Counts that a process keeps; one that is full forgets the ended ones, and then all."""

Counts = dict[str, tuple[int, datetime]]


class LimitReachedError(Exception):
    """Something was done too often; raised outside transactions, it becomes a page with what was typed."""

    def __init__(self, name: str, until: datetime) -> None:
        super().__init__(name)
        self.name, self.until = name, until

    @property
    def sentence(self) -> str:
        limit: Limit = settings.LIMITS[self.name]
        return limit.sentence


@dataclass(frozen=True)
class Try:
    """A counted try; false if it was one too many, and then counts nowhere. `until` is when the next may be made."""

    name: str
    until: datetime | None = None
    keys: tuple[str, ...] = ()
    in_memory: bool = False

    def __bool__(self) -> bool:
        return self.until is None

    def rollback(self) -> None:
        """Take it back."""
        if self.in_memory:
            _memory.take_back(self.keys)
        elif self.keys:
            _execute(TAKE_BACK, [list(self.keys)])


def spend(request: HttpRequest, name: str, *, key: str = "", label: str = "") -> Try:
    """Count a try; `label` is the slug of the label it concerns. Call it outside the transaction of what is tried."""
    limit: Limit = settings.LIMITS[name]
    asked = {_key(name, rate, who): rate for rate, who in _whose(request, limit, key, label)}
    if not asked:
        return Try(name)
    counts = _memory.count(asked) if limit.in_memory else _count(asked)
    ends = [until for each, (count, until) in counts.items() if count > asked[each].most]
    tried = Try(name, max(ends, default=None), tuple(asked), limit.in_memory)
    if not tried:
        tried.rollback()
    return tried


def check(request: HttpRequest, name: str, *, key: str = "", label: str = "") -> Try:
    """Count a try. Raises LimitReachedError for one too many."""
    tried = spend(request, name, key=key, label=label)
    if tried.until:
        raise LimitReachedError(name, tried.until)
    return tried


def seconds_left(until: datetime) -> str:
    """Return the whole seconds until then, at least one, as `Retry-After` says it."""
    return str(max(1, ceil((until - now()).total_seconds())))


def forget(request: HttpRequest, name: str, *, key: str) -> None:
    """Forget all tries that were counted under this key."""
    rates = [rate for rate in settings.LIMITS[name].rates if rate.per == "key"]
    _execute(FORGET, [[_key(name, rate, key) for rate in rates]])


def network_of(request: HttpRequest) -> str:
    """Return the address that a request came from; of IPv6 the network."""
    network: str = get_ip(request)
    return network


def _whose(request: HttpRequest, limit: Limit, key: str, label: str) -> list[tuple[Rate, str]]:
    """Return each rate with whom it counts for."""
    found = []
    for rate in limit.rates:
        if rate.per == "user" and request.user.is_authenticated:
            found.append((rate, str((getattr(request, "impersonator", None) or request.user).pk)))
        elif rate.per in ("user", "address"):
            found.append((rate, network_of(request)))
        elif who := {"label": label, "key": key}[rate.per]:
            found.append((rate, who))
    return found


def _key(name: str, rate: Rate, who: str) -> str:
    return salted_hmac(f"limit {name} {rate}", who, algorithm="sha256").hexdigest()[:32]


def _count(asked: dict[str, Rate]) -> Counts:
    keys = sorted(asked)  # everybody locks rows in one order
    seconds = [asked[key].seconds for key in keys]
    rows = _execute(COUNT, {"keys": keys, "seconds": seconds, "now": now()})
    return {key: (count, until) for key, count, until in rows}


def _execute(statement: str, values: object) -> list[tuple[str, int, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)  # type: ignore[arg-type]  # a list or a dict
        return cursor.fetchall() if cursor.description else []


class Memory:
    """Counts of one process."""

    def __init__(self) -> None:
        self._counts: Counts = {}
        self._lock = Lock()

    def count(self, asked: dict[str, Rate]) -> Counts:
        moment = now()
        with self._lock:
            if len(self._counts) > MOST_IN_MEMORY:
                self._make_room(moment)
            for key, rate in asked.items():
                count, until = self._counts.get(key, (0, moment))
                is_over = until <= moment
                end = moment + timedelta(seconds=rate.seconds)
                self._counts[key] = (1, end) if is_over else (count + 1, until)
            return {key: self._counts[key] for key in asked}

    def take_back(self, keys: tuple[str, ...]) -> None:
        with self._lock:
            for key in keys:
                count, until = self._counts.get(key, (0, now()))
                self._counts[key] = (max(0, count - 1), until)

    def clear(self) -> None:
        with self._lock:
            self._counts.clear()

    def _make_room(self, moment: datetime) -> None:
        self._counts = {key: each for key, each in self._counts.items() if each[1] > moment}
        if len(self._counts) > MOST_IN_MEMORY:
            self._counts.clear()


_memory = Memory()
forget_counted_in_memory = _memory.clear
