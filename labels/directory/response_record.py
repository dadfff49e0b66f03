"""A label's response record: creating it, reading it, and putting it into words."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kit.clock import now
from kit.counts import percent
from labels.intakes.rule_words import count
from labels.models import Label, ResponseRecord

FEWEST = 10
"""Demos below which a record shows no figures."""
WINDOW = "the last 90 days"
LONG = 48
"""Hours from which on a time is shown in days."""


@dataclass(frozen=True)
class ExpectedAnswer:
    """When half of a label's answers have come (median), and when nine in ten have."""

    half: datetime
    most: datetime


@dataclass(frozen=True)
class RecordSummary:
    """A record in words. Of `sample` demos `in_time` were answered in time; both are 0 if there are too few.

    `line` is the short form; `facts` are (heading, sentence), empty if there are too few demos.
    """

    line: str
    in_time: int = 0
    sample: int = 0
    facts: list[tuple[str, str]] = field(default_factory=list)
    record: ResponseRecord | None = None


def begin_record(label: Label) -> None:
    """Create a label's empty record unless it has one, so that the orders by record include it."""
    moment = now()
    record = ResponseRecord(label_id=label.pk, since=moment, computed_at=moment)
    ResponseRecord.objects.bulk_create([record], ignore_conflicts=True)


def latest_record(label: Label) -> ResponseRecord | None:
    """Return a label's record, None if it was never verified; reads the joined `record`."""
    found: ResponseRecord | None = getattr(label, "record", None)
    return found


def is_too_few(record: ResponseRecord | None) -> bool:
    """Whether the record covers too few demos to show figures."""
    return record is None or record.sample < FEWEST


def expected_answer(record: ResponseRecord | None, submitted_at: datetime) -> ExpectedAnswer | None:
    """Return when to expect an answer to a demo sent at `submitted_at`; None if too little is known."""
    if record is None or is_too_few(record) or record.median_hours is None or record.p90_hours is None:
        return None
    half, most = (timedelta(hours=hours) for hours in (record.median_hours, record.p90_hours))
    return ExpectedAnswer(submitted_at + half, submitted_at + most)


def record_summary(label: Label) -> RecordSummary:
    """Return a label's record in words; reads the joined `record`."""
    record = latest_record(label)
    if record is None or is_too_few(record):
        sample = record.sample if record else 0
        return RecordSummary(f"Not enough data yet: {count(sample, 'demo')} in {WINDOW}", record=record)
    return RecordSummary(_line(record), record.in_time, record.sample, _facts(record), record)


def duration_words(hours: int) -> str:
    """Return hours in words, rounded up: `20 hours`, `4 days`."""
    return count(max(hours, 1), "hour") if hours < LONG else count(-(-hours // 24), "day")


def _line(record: ResponseRecord) -> str:
    kept = f"{record.in_time} of {record.sample} answered in time"
    return (
        kept
        if record.median_hours is None
        else f"{kept}, half of answers within {duration_words(record.median_hours)}"
    )


def _facts(record: ResponseRecord) -> list[tuple[str, str]]:
    share = percent(record.in_time, record.sample)
    return [
        ("In time", f"{record.in_time} of {record.sample} demos ({share} %) within the promised time"),
        ("Time to an answer", _times(record)),
        ("Never answered", _silence(record)),
        ("With a reason", _reasons(record)),
        ("In their own words", f"{record.noted} of {count(record.answered, 'answer')} came with a note"),
    ]


def _times(record: ResponseRecord) -> str:
    if record.median_hours is None or record.p90_hours is None:
        return f"Not enough answers yet: {record.answered} of {FEWEST}"
    half, most = duration_words(record.median_hours), duration_words(record.p90_hours)
    return f"Half of answers within {half}, 9 in 10 within {most}"


def _silence(record: ResponseRecord) -> str:
    late = record.sample - record.answered - record.lapsed
    said = f"{record.lapsed} of {record.sample} expired unanswered"
    return f"{said}; {count(late, 'other')} late and still waiting" if late else said


def _reasons(record: ResponseRecord) -> str:
    ended = record.passed + record.lapsed
    if not ended:
        return "None was passed on or expired"
    return f"{record.passed} of {count(ended, 'demo')} that were passed on or expired"
