"""A label's response record: its beginning, and what it lets one expect."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kit.clock import now
from labels.intakes.rule_words import count
from labels.models import Label, ResponseRecord

FEWEST = 10
"""Of fewer samples a record says only that they are too few."""
WINDOW = "the last 90 days"
LONG = 48
"""Hours up to which a time is said in hours."""


@dataclass(frozen=True)
class ExpectedAnswer:
    """By when half of what a label answers is answered, and by when nine in ten."""

    half: datetime
    most: datetime


@dataclass(frozen=True)
class RecordSummary:
    """How a label answers. Of `sample` demos `in_time` were answered in time; both 0 where there are too few.

    `line` is said where there is little room; `facts` are pairs of a heading and a sentence, none of too few.
    """

    line: str
    in_time: int = 0
    sample: int = 0
    facts: list[tuple[str, str]] = field(default_factory=list)
    record: ResponseRecord | None = None


def begin_record(label: Label) -> None:
    """Give a label its empty record unless it has one, so that orders by record know of it."""
    moment = now()
    record = ResponseRecord(label_id=label.pk, since=moment, computed_at=moment)
    ResponseRecord.objects.bulk_create([record], ignore_conflicts=True)


def latest_record(label: Label) -> ResponseRecord | None:
    """Return a label's record, None for one that was never verified; it comes with `record` joined."""
    found: ResponseRecord | None = getattr(label, "record", None)
    return found


def is_too_few(record: ResponseRecord | None) -> bool:
    """Whether a label has answered, or should have, too seldom of late to say how it answers."""
    return record is None or record.sample < FEWEST


def expected_answer(record: ResponseRecord | None, submitted_at: datetime) -> ExpectedAnswer | None:
    """Return when an answer is to be expected to what was sent at a moment; None where too little is known."""
    if record is None or is_too_few(record) or record.median_hours is None or record.p90_hours is None:
        return None
    half, most = (timedelta(hours=hours) for hours in (record.median_hours, record.p90_hours))
    return ExpectedAnswer(submitted_at + half, submitted_at + most)


def record_summary(label: Label) -> RecordSummary:
    """Return a label's record in words; the label comes with `record` joined."""
    record = latest_record(label)
    if record is None or is_too_few(record):
        sample = record.sample if record else 0
        return RecordSummary(
            f"Too few to say how it answers: {count(sample, 'demo')} in {WINDOW}", record=record
        )
    return RecordSummary(_line(record), record.in_time, record.sample, _facts(record), record)


def within(hours: int) -> str:
    """Return a time in hours as one that was not exceeded: `20 hours`, `4 days`."""
    return count(max(hours, 1), "hour") if hours <= LONG else count(-(-hours // 24), "day")


def _line(record: ResponseRecord) -> str:
    kept = f"{record.in_time} of {record.sample} answered in time"
    return (
        kept
        if record.median_hours is None
        else f"{kept}, half of answers within {within(record.median_hours)}"
    )


def _facts(record: ResponseRecord) -> list[tuple[str, str]]:
    share = int(record.in_time_share or 0)
    return [
        ("In time", f"{record.in_time} of {record.sample} demos ({share} %) within the promised time"),
        ("Time to an answer", _times(record)),
        ("Never answered", _silence(record)),
        ("With a reason", _reasons(record)),
        ("In their own words", f"{record.noted} of {count(record.answered, 'answer')} came with a note"),
    ]


def _times(record: ResponseRecord) -> str:
    if record.median_hours is None or record.p90_hours is None:
        return f"Too few answers to say: {record.answered}, we want {FEWEST}"
    return f"Half of answers within {within(record.median_hours)}, 9 in 10 within {within(record.p90_hours)}"


def _silence(record: ResponseRecord) -> str:
    late = record.sample - record.answered - record.lapsed
    said = f"{record.lapsed} of {record.sample} expired in silence"
    return f"{said}; {count(late, 'other')} late and still waiting" if late else said


def _reasons(record: ResponseRecord) -> str:
    ended = record.passed + record.lapsed
    if not ended:
        return "None was passed on or left in silence"
    return f"{record.passed} of {count(ended, 'demo')} that were passed on or left in silence"
