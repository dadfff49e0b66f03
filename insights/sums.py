"""A label's submissions added up: one statement for a span, by all that tells them apart, and one for its weeks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack
from typing import Any

from django.db import connection

from accounts.models import User
from insights.period import Span, moments_of, start_of, weeks_of
from labels.models import Label

BY_DIMENSION = """
SELECT
    CASE 0
        WHEN GROUPING(state) THEN 'is'
        WHEN GROUPING(reason) THEN 'reason'
        WHEN GROUPING(genre) THEN 'genre'
        WHEN GROUPING(band) THEN 'bpm'
        WHEN GROUPING(country) THEN 'country'
        WHEN GROUPING(intake_id) THEN 'intake'
        WHEN GROUPING(opened_by_id) THEN 'opener'
        ELSE 'all'
    END,
    coalesce(state, reason, genre, band::text, country, intake_id::text, opened_by_id::text, ''),
    count(*), count(opened_at), count(answered_at), count(lapsed_at),
    count(is_in_time), count(*) FILTER (WHERE is_in_time),
    string_agg(int2send(answering_hours), ''::bytea), string_agg(int2send(opening_hours), ''::bytea)
FROM insights_submissionfacts
WHERE label_id = %(label)s AND producer_id <> %(reader)s
    AND received_at >= %(since)s AND received_at < %(until)s
GROUP BY GROUPING SETS
    ((), (state), (reason), (genre), (band), (country), (intake_id), (opened_by_id))
"""
"""An unknown value is ""; hours are sent as two bytes each, which is read six times as fast as an array."""

HAPPENINGS = {
    "received": "received_at",
    "opened": "opened_at",
    "answered": "answered_at",
    "lapsed": "lapsed_at",
}
COUNTS = (*HAPPENINGS, "settled", "in_time")

BY_WEEK = "UNION ALL".join(
    f"""
SELECT '{name}', width_bucket({column}, %(weeks)s::timestamptz[]), count(*)
FROM insights_submissionfacts
WHERE label_id = %(label)s AND producer_id <> %(reader)s
    AND {column} >= %(since)s AND {column} < %(until)s
GROUP BY 2
"""  # noqa: S608  # our own columns
    for name, column in HAPPENINGS.items()
)
"""Weeks are numbered from 1."""


@dataclass
class Sum:
    """How many, and after how many hours they were answered and opened: two bytes for each, see `counted`."""

    received: int = 0
    opened: int = 0
    answered: int = 0
    lapsed: int = 0
    settled: int = 0
    in_time: int = 0
    hours: bytes = b""
    opening: bytes = b""

    def add(self, other: "Sum") -> None:
        self.received += other.received
        self.opened += other.opened
        self.answered += other.answered
        self.lapsed += other.lapsed
        self.settled += other.settled
        self.in_time += other.in_time
        self.hours += other.hours
        self.opening += other.opening


Sums = dict[tuple[str, str], Sum]


def by_dimension(label: Label, span: Span, reader: User) -> Sums:
    """Return the sums of what a label received in a span, by dimension and value, less the reader's own."""
    since, until = moments_of(span, label.zone)
    rows = _rows(BY_DIMENSION, label=label.pk, reader=reader.pk, since=since, until=until)
    return {
        (dimension, value): Sum(
            **dict(zip(COUNTS, counts, strict=True)), hours=hours or b"", opening=opening or b""
        )
        for dimension, value, *counts, hours, opening in rows
    }


def by_week(label: Label, span: Span, reader: User) -> list[Sum]:
    """Return what happened in each week of a span, whenever it was received. One query."""
    since, until = moments_of(span, label.zone)
    weeks = [start_of(week.since, label.zone) for week in weeks_of(span)]
    sums = [Sum() for _ in weeks]
    for name, number, count in _rows(
        BY_WEEK, label=label.pk, reader=reader.pk, since=since, until=until, weeks=weeks
    ):
        setattr(sums[number - 1], name, count)
    return sums


def counted(sent: bytes) -> Counter[int]:
    """Count hours by their number; the database sends two bytes for each, the higher first."""
    return Counter(unpack(f">{len(sent) // 2}H", sent))


def _rows(statement: str, **values: Any) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor
