"""What a label's response record lets one expect. Pure: a record and moments in, moments out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from labels.models import ResponseRecord

FEWEST = 10
"""Of fewer samples a record says only that they are too few."""


@dataclass(frozen=True)
class Expected:
    """By when half of what a label answers is answered, and by when nine in ten."""

    half: datetime
    most: datetime


def is_too_few(record: ResponseRecord | None) -> bool:
    """Whether a label has answered, or should have, too seldom of late to say how it answers."""
    return record is None or record.sample < FEWEST


def expected_answer(record: ResponseRecord | None, submitted_at: datetime) -> Expected | None:
    """Return when an answer is to be expected to what was sent at a moment; None where too little is known."""
    if record is None or is_too_few(record) or record.median_hours is None or record.p90_hours is None:
        return None
    half, most = (timedelta(hours=hours) for hours in (record.median_hours, record.p90_hours))
    return Expected(submitted_at + half, submitted_at + most)
