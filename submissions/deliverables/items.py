"""The rows of deliverables: written with their events, and whether all of them are done.

What is handed in is sealed: digest = SHA-256(salt ‖ canonical {kind, value}).
"""

from collections.abc import Sequence
from typing import Any

from kit import canonical
from kit.chain import new_salt
from submissions.deliverables.status import Item, after_event
from submissions.models import Deliverable, Event, Submission


def digest(row: Deliverable) -> bytes:
    """Return the digest of what a row holds; not once it is redacted."""
    return canonical.digest(bytes(row.salt), canonical.encode(row.said()))


def is_complete(submission: Submission) -> bool:
    """Whether every deliverable of a submission is approved or waived. One query."""
    return not Deliverable.objects.of(submission).open().exists()


def save_asked(rows: Sequence[Deliverable], event: Event) -> None:
    """Store new rows with the event that asks for them."""
    for row in rows:
        row.asked = row.event = event
    Deliverable.objects.bulk_create(rows)


def save_change(row: Deliverable, event: Event) -> None:
    """Store what an event makes of a row."""
    before = Item(row.number, row.kind, row.state, row.due_at, row.digest_hex)
    after = after_event(before, event)
    row.event, row.state, row.due_at = event, after.state, after.due
    row.save(update_fields=["event", "state", "due_at", "value", "salt", "digest"])


def fill(row: Deliverable, value: dict[str, Any]) -> None:
    """Give a row another value and seal it; unsaved."""
    row.value, row.salt = canonical.plain(value), new_salt()
    row.digest = digest(row)
