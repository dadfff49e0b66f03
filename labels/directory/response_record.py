"""A label's response record: its beginning, and what it lets one expect."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kit.clock import now
from labels.models import Label, ResponseRecord

FEWEST = 10
"""Of fewer samples a record says only that they are too few."""


@dataclass(frozen=True)
class Expected:
    """By when half of what a label answers is answered, and by when nine in ten."""

    half: datetime
    most: datetime


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


def expected_answer(record: ResponseRecord | None, submitted_at: datetime) -> Expected | None:
    """Return when an answer is to be expected to what was sent at a moment; None where too little is known."""
    if record is None or is_too_few(record) or record.median_hours is None or record.p90_hours is None:
        return None
    half, most = (timedelta(hours=hours) for hours in (record.median_hours, record.p90_hours))
    return Expected(submitted_at + half, submitted_at + most)
