"""What the form of a label's offer holds before anything is typed: the last offer’s terms and text, and days."""

from typing import Any

from submissions.models import Submission
from submissions.offers.effects import default_days
from submissions.offers.forms import initial_of
from submissions.offers.records import last_offer


def first_values(submission: Submission) -> dict[str, Any]:
    """Return the initial values; of a counter-offer too, so that sending it unchanged agrees with it."""
    days = default_days(submission.intake.answer_days)
    last = last_offer(submission) if submission.version else None
    if last is None or last.redacted_at:
        return {"days": days}
    return initial_of({"terms": last.terms, "text": last.text, "days": days})


def counter_values(submission: Submission) -> dict[str, Any]:
    """Return the initial values of a counter-offer: the terms of the offer that stands."""
    last = last_offer(submission)
    return initial_of({"terms": last.terms}) if last and last.terms else {}
