"""The figures of a label in a span of days: what a page, a chart and a file are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from insights.period import Span
from kit.counts import percent
from submissions.query_words import TermName


class Dimension(TextChoices):
    """What submissions are told apart by; its value is the queue's term where there is one."""

    ALL = "all", "All"
    STATE = TermName.IS.value, "State"
    REASON = TermName.REASON.value, "Reason"
    GENRE = TermName.GENRE.value, "Genre"
    TEMPO = TermName.BPM.value, "Tempo"
    COUNTRY = TermName.COUNTRY.value, "Country"
    CALL = TermName.INTAKE.value, "Call"
    REVIEWER = TermName.OPENER.value, "First opened by"


@dataclass(frozen=True)
class Count:
    """A number, and the queue’s query that finds the submissions behind it; "" where no query does."""

    number: int
    query: str


@dataclass(frozen=True)
class Week:
    """What happened in a week that begins on a Monday, cut at the span's ends."""

    span: Span
    received: Count
    opened: Count
    answered: Count
    expired: Count

    @property
    def is_busy(self) -> bool:
        return any(each.number for each in (self.received, self.opened, self.answered, self.expired))


@dataclass(frozen=True)
class Times:
    """Hours from being received until something, for those of the span for which it has come; None for none."""

    sample: int
    median: float | None
    p90: float | None


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    part: Count
    whole: Count

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded to the nearest; None of nothing."""
        return percent(self.part.number, self.whole.number)


@dataclass(frozen=True)
class Stage:
    """Those received in the span that are in this state now."""

    state: str
    count: Count


@dataclass(frozen=True)
class Name:
    """What a value is called, and how the queue's term says it; "" for what it cannot find."""

    text: str
    term: str


Names = Mapping[Dimension, Mapping[str, Name]]
"""Of all values that tell the received apart."""


@dataclass(frozen=True)
class Line:
    """A value by which the received are told apart: a genre, a tempo, a country, a call, a reviewer, a reason."""

    name: str
    received: Count
    opened: Count
    answered: Count
    expired: Count
    in_time: Share
    answering: Times


@dataclass(frozen=True)
class Breakdown:
    """Lines of one kind, the most frequent first; `word` is the query's term."""

    word: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class ReasonCount:
    """A reason for passing, and how often it was given to those received in the span."""

    reason: str
    name: str
    count: Count


@dataclass(frozen=True)
class ReleaseCount:
    """A number, and the query of the list of releases that finds what is behind it."""

    number: int
    query: str


@dataclass(frozen=True)
class AreaLine:
    """Steps of an area done in the span, on how many releases, and how long each took since it could begin."""

    name: str
    steps: int
    releases: ReleaseCount
    taking: Times


@dataclass(frozen=True)
class ReleaseFigures:
    """What came out in the span, and what was done in it; the reader's own demos are not in `signing`."""

    out: ReleaseCount
    by_first_date: ReleaseCount
    later: ReleaseCount
    signing: Times
    areas: list[AreaLine]

    @property
    def percent(self) -> int | None:
        """Whole per cent out by their first date; None of nothing."""
        return percent(self.by_first_date.number, self.out.number)

    @property
    def has_something(self) -> bool:
        return bool(self.out.number or self.areas)


@dataclass(frozen=True)
class Figures:
    """All of it. Weeks count what happened in them; the rest is about those received in the span."""

    span: Span
    received: Count
    opened: Count
    answered: Count
    expired: Count
    waiting: Count
    weeks: list[Week]
    funnel: list[Stage]
    opening: Times
    answering: Times
    promise: Share
    reasons: list[ReasonCount]
    breakdowns: list[Breakdown]
    releases: ReleaseFigures
    names: Names

    @property
    def has_something(self) -> bool:
        """Whether anything was received in the span or happened in its weeks, or to releases."""
        is_busy = any(week.is_busy for week in self.weeks)
        return bool(self.received.number) or is_busy or self.releases.has_something
