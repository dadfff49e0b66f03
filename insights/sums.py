"""Adding passages up by whatever tells them apart, in one statement, and sums with each other."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Q, QuerySet, SmallIntegerField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncDate

from insights.choices import Word
from insights.models import Passage

COUNTED_ALONE: dict[Word, str] = {Word.STATE: "state", Word.REASON: "reason"}
"""Words whose submissions are counted by a column, without a look at their hours."""

TOLD_APART: dict[Word, str] = {
    Word.GENRE: "genre",
    Word.TEMPO: "band",
    Word.COUNTRY: "country",
    Word.CALL: "intake_id",
    Word.REVIEWER: "opened_by_id",
}
"""By which column; "" stands for what is not known."""

HAPPENINGS = {
    "received": "received_at",
    "opened": "opened_at",
    "answered": "answered_at",
    "lapsed": "lapsed_at",
}
NO_HOURS = Value([], output_field=ArrayField(SmallIntegerField()))
COUNTS = (*HAPPENINGS, "settled", "in_time")
COUNTED = {name: Count(column) for name, column in HAPPENINGS.items()}
COUNTED |= {"settled": Count("is_in_time"), "in_time": Count("is_in_time", filter=Q(is_in_time=True))}


@dataclass
class Sum:
    """How many, and after how many hours: `hours` counts the answers by them."""

    received: int = 0
    opened: int = 0
    answered: int = 0
    lapsed: int = 0
    settled: int = 0
    in_time: int = 0
    hours: Counter[int] = field(default_factory=Counter)

    @classmethod
    def of(cls, counts: Iterable[int], hours: Counter[int]) -> "Sum":
        """Return the sum with these `COUNTS`, in their order."""
        return cls(**dict(zip(COUNTS, counts, strict=True)), hours=hours)

    def add(self, other: "Sum", sign: int = 1) -> None:
        """Add another sum, or take it away."""
        self.received += sign * other.received
        self.opened += sign * other.opened
        self.answered += sign * other.answered
        self.lapsed += sign * other.lapsed
        self.settled += sign * other.settled
        self.in_time += sign * other.in_time
        known = self.hours.get
        for hours, count in other.hours.items():
            self.hours[hours] = known(hours, 0) + sign * count


Key = tuple[str, str]
Sums = dict[Key, Sum]


def add(sums: Sums, others: Iterable[tuple[Key, Sum]], sign: int = 1) -> None:
    """Add sums to others of the same key, or take them away."""
    for key, each in others:
        if sign == 1 and key not in sums:
            sums[key] = each
        else:
            sums.setdefault(key, Sum()).add(each, sign)


def added(*parts: QuerySet[Passage, Any]) -> Iterator[tuple[Key, Sum]]:
    """Yield what parts that `by_value` and `by_day` return come to. One query."""
    first, *rest = parts
    for word, value, *counts, hours in first.union(*rest, all=True):
        yield (word, value), Sum.of(counts, Counter(hours))


def by_value(passages: QuerySet[Passage]) -> list[QuerySet[Passage, Any]]:
    """Return the parts that add passages up as a whole and by all that tells them apart."""
    opening = ArrayAgg("opening_hours", filter=Q(opening_hours__isnull=False), default=[])
    return [
        _part(passages, Word.ALL, Value("")),
        _part(passages, Word.OPENING, Value(""), hours=opening),
        *(_part(passages, word, F(column), hours=NO_HOURS) for word, column in COUNTED_ALONE.items()),
        *(_part(passages, word, F(column)) for word, column in TOLD_APART.items()),
    ]


def by_day(
    passages: QuerySet[Passage], zone: ZoneInfo, within: tuple[datetime, datetime] | None = None
) -> list[QuerySet[Passage, Any]]:
    """Return the parts that count what happened on each day of a zone, or on those within two moments."""
    parts = []
    for name, column in HAPPENINGS.items():
        ends = {f"{column}__gte": within[0], f"{column}__lt": within[1]} if within else {}
        happened = passages.filter(**{f"{column}__isnull": False}, **ends)
        counts = {each: Count(column) if each == name else Value(0) for each in COUNTS}
        day = TruncDate(column, tzinfo=zone)
        parts.append(_part(happened, Word.DAY, day, counts, hours=NO_HOURS))
    return parts


def _part(
    passages: QuerySet[Passage],
    word: Word,
    value: Combinable,
    counts: dict[str, Any] = COUNTED,
    hours: Any = None,
) -> QuerySet[Passage, Any]:
    hours = hours or ArrayAgg("answering_hours", filter=Q(answering_hours__isnull=False), default=[])
    text = Coalesce(Cast(value, CharField()), Value(""))
    told = passages.order_by().values(word=Value(word.value), value=text)
    return told.annotate(**counts, hours=hours).values_list("word", "value", *COUNTS, "hours")
