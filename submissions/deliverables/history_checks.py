"""What `verify_history` checks of deliverables: each row says what its submission's events add up to."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from submissions.choices import Transition
from submissions.deliverables import items as item_rows
from submissions.deliverables.status import CHANGES, Item, read_items
from submissions.models import Deliverable, Event
from submissions.verification import Fault

ABOUT = [Transition.ASK_FOR.value, *CHANGES]


def deliverable_faults(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield the faults of deliverables: missing ones, others than were asked for, and other values than handed in."""
    chosen = {} if references is None else {"submission__reference__in": references}
    rows = Deliverable.objects.filter(**chosen).order_by("submission_id", "number")
    kept = {
        pk: list(group)
        for pk, group in groupby(
            rows.select_related("submission").iterator(), key=lambda row: row.submission_id
        )
    }
    events = Event.objects.filter(transition__in=ABOUT, **chosen).select_related("submission")
    told = groupby(
        events.order_by("submission_id", "sequence").iterator(), key=lambda event: event.submission_id
    )
    for pk, group in told:
        history = list(group)
        yield from _faults_of(history, kept.pop(pk, []))
    for strays in kept.values():
        yield Fault(strays[0].submission.reference, "it has deliverables that nobody asked for")


def _faults_of(history: list[Event], rows: list[Deliverable]) -> Iterator[Fault]:
    reference = history[0].submission.reference
    try:
        expected = read_items(history)
    except (LookupError, TypeError, ValueError, AttributeError):
        yield Fault(reference, "what was asked for cannot be added up")
        return
    if sorted(expected) != [row.number for row in rows]:
        yield Fault(reference, "its deliverables are not those that were asked for")
        return
    handed = {event.payload["item"]: event for event in history if event.transition == Transition.HAND_IN}
    for row in rows:
        for problem in _problems(row, expected[row.number], handed.get(row.number)):
            yield Fault(reference, f"deliverable {row.number} {problem}")


def _problems(row: Deliverable, item: Item, handed: Event | None) -> Iterator[str]:
    said = Item(row.number, row.kind, row.state, row.due_at, row.digest_hex)
    if said != item:
        yield "says something else than its events"
    is_redacted = handed is not None and handed.redacted_at is not None
    if is_redacted and (row.value or bytes(row.salt)):
        yield "was redacted and is not empty"
    elif row.digest and not is_redacted and bytes(row.digest) != _digest_or_none(row):
        yield "does not match the digest of what was handed in"
    elif not row.digest and row.value:
        yield "holds what nobody handed in"


def _digest_or_none(row: Deliverable) -> bytes | None:
    try:
        return item_rows.digest(row)
    except (TypeError, ValueError):
        return None
