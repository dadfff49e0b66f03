"""The desk's query language: names of its terms, and how their values are written.

`desk.search` parses queries; `insights` writes them for its links to the queue. Terms are written in the order of
`TermName`, so that the same query always has the same text.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from catalog.music.units import display_tempo
from submissions.choices import Ball, Reason, State


class TermName(StrEnum):
    """The name of a term, before its colon."""

    IS = "is"
    BALL = "ball"
    INTAKE = "intake"
    GENRE = "genre"
    BPM = "bpm"
    KEY = "key"
    MIXES = "mixes"
    AI = "ai"
    COUNTRY = "country"
    OLDER = "older"
    NEWER = "newer"
    OVERDUE = "overdue"
    LINK = "link"
    FIRST = "first"
    TAG = "tag"
    ASSIGNEE = "assignee"
    SCORE = "score"
    RECEIVED = "received"
    OPENED = "opened"
    ANSWERED = "answered"
    SILENT = "silent"
    PROMISE = "promise"
    REASON = "reason"
    OPENER = "opener"
    SORT = "sort"


STATE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "new": State.SUBMITTED.value,
        "in-review": State.IN_REVIEW.value,
        "shortlisted": State.SHORTLISTED.value,
        "changes": State.CHANGES_REQUESTED.value,
        "accepted": State.ACCEPTED.value,
        "signed": State.SIGNED.value,
        "scheduled": State.SCHEDULED.value,
        "released": State.RELEASED.value,
        "passed": State.REJECTED.value,
        "declined": State.DECLINED.value,
        "withdrawn": State.WITHDRAWN.value,
        "expired": State.EXPIRED.value,
    }
)
"""States by their name in a query."""

WORD_OF_STATE: Mapping[str, str] = MappingProxyType({state: word for word, state in STATE_WORDS.items()})

ANY = "any"
BALLS: Mapping[str, Ball | None] = MappingProxyType(
    {"us": Ball.LABEL, "them": Ball.PRODUCER, "nobody": Ball.NOBODY, ANY: None}
)
KEPT, BROKEN, OPEN = "kept", "broken", "open"
"""Whether a promise was kept."""

REASON_WORDS: Mapping[str, str] = MappingProxyType(
    {value.replace("_", "-"): value for value in Reason.values}
)
YES, NO = "yes", "no"
DEMOS = "demos"
ME, NOBODY = "me", "none"
UNKNOWN = "unknown"

_PLAIN = re.compile(r"[\w.+&@/'’*#!?–-]+")
_DAY = timedelta(days=1)


class Tempo(NamedTuple):
    """A range of tempos, ends included; None leaves an end open, two Nones mean that the tempo is unknown."""

    low: Decimal | None
    high: Decimal | None


NO_TEMPO = Tempo(None, None)


class Days(NamedTuple):
    """A range of days, ends included; None leaves an end open."""

    since: date | None
    until: date | None

    def moments(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return the start of the first day and the end of the last one in this zone."""
        first = _midnight(self.since, zone) if self.since else None
        return first, _midnight(self.until + _DAY, zone) if self.until else None


def query_text(terms: Mapping[TermName, str]) -> str:
    """Return the query with these terms and their written values."""
    return " ".join(f"{name}:{terms[name]}" for name in TermName if name in terms)


def joined(values: Iterable[str]) -> str:
    return ",".join(values)


def quoted(value: str) -> str:
    """Write a name, in quotes if it needs them."""
    return value if _PLAIN.fullmatch(value) else f'"{value}"'


def write_names(value: Iterable[str]) -> str:
    return joined(map(quoted, value))


def write_states(value: Iterable[str]) -> str:
    return joined(WORD_OF_STATE[state] for state in sorted(value))


def write_reasons(value: Iterable[str]) -> str:
    return joined(reason.replace("_", "-") for reason in value)


def write_tempo(value: Tempo) -> str:
    if value == NO_TEMPO:
        return UNKNOWN
    low, high = (display_tempo(end) if end else "" for end in value)
    return low if low == high else f"{low}-{high}"


def write_days(value: Days | str) -> str:
    """Write a range of days, or a word that stands for one."""
    if isinstance(value, str):
        return value
    since, until = (end.isoformat() if end else "" for end in value)
    return since if since == until else f"{since}..{until}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
