"""Build, chain and save events; the only module that creates them. The arithmetic is `kit.chain`'s."""

from datetime import datetime

from kit import chain
from kit.chain import Entry, content_digest, digest, sealed, token
from submissions.models import Event, Submission
from submissions.transition_table import RULES

__all__ = ["Entry", "append", "build", "content_digest", "digest", "first_digest", "sealed", "token"]


def build(submission: Submission, last: Event | None, entry: Entry, *, moment: datetime) -> Event:
    """Return the unsaved event that follows `last`, chained and sealed.

    `recorded_at` is the moment, or the last event's time if that is later.
    """
    state = last.to_state if last else "draft"
    event = Event(
        submission=submission,
        from_state=state,
        to_state=str(RULES[entry.transition].target_from(state)),  # type: ignore[arg-type]  # a State's value
        **chain.columns_after(last, entry, moment=moment, first=first_digest(submission.reference)),
    )
    return chain.seal(event, submission.reference)


def append(submission: Submission, last: Event | None, entry: Entry, *, moment: datetime) -> Event:
    """Build the next event and save it."""
    event = build(submission, last, entry, moment=moment)
    event.save(force_insert=True)
    return event


def first_digest(reference: str) -> bytes:
    """Return the previous digest of a submission's first event."""
    return chain.first_digest(b"trackflow/1/", reference)
