"""Replaying every history: what the database says against what its events and revisions add up to.

Streams submissions, events and revisions side by side, so memory stays flat however many there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from submissions import history, projections, revising
from submissions.models import Event, Revision, Submission
from submissions.transition_table import REVISING, legal_triples

CHUNK = 2000
LEGAL = frozenset(legal_triples())


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with one submission's history."""

    reference: str
    sentence: str


def faults(references: Sequence[str] | None = None) -> Iterator[Fault]:
    """Yield every fault, of these submissions or of all, from one snapshot of the database."""
    for submission, events, revisions in histories(references):
        for sentence in examine(submission, events, revisions):
            yield Fault(submission.reference, sentence)


def histories(
    references: Sequence[str] | None = None,
) -> Iterator[tuple[Submission, list[Event], list[Revision]]]:
    """Yield each submission with its events and revisions in order, read from one snapshot."""
    with transaction.atomic():
        _one_snapshot()
        submissions = _chosen(Submission.objects.order_by("pk"), "reference__in", references)
        events = _chosen(
            Event.objects.with_people().order_by("submission_id", "sequence"),
            "submission__reference__in",
            references,
        )
        revisions = _chosen(
            Revision.objects.order_by("submission_id", "number"), "submission__reference__in", references
        )
        take_events, take_revisions = _Taker(_stream(events)), _Taker(_stream(revisions))
        for submission in _stream(submissions):
            yield submission, take_events(submission.pk), take_revisions(submission.pk)


def examine(submission: Submission, events: list[Event], revisions: list[Revision]) -> Iterator[str]:
    """Yield what is wrong with one history, as sentences."""
    yield from _chain_faults(submission, events)
    yield from _revision_faults(events, revisions)
    yield from _projection_faults(submission, events, revisions)


class _Taker:
    """Hands out the rows of one submission after the other from a stream ordered by submission."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.groups = groupby(rows, key=lambda row: row.submission_id)
        self.waiting: tuple[int, list[Any]] | None = None

    def __call__(self, pk: int) -> list[Any]:
        while self.waiting is None or self.waiting[0] < pk:
            key, rows = next(self.groups, (None, ()))
            if key is None:
                return []
            self.waiting = (key, list(rows))
        return self.waiting[1] if self.waiting[0] == pk else []


def _chain_faults(submission: Submission, events: list[Event]) -> Iterator[str]:
    previous: Event | None = None
    for place, event in enumerate(events, 1):
        expected = bytes(previous.digest) if previous else history.first_digest(submission.reference)
        if event.sequence != place:
            yield f"event {place} is missing: {event.sequence} stands in its place"
        if (event.transition, event.from_state, event.to_state) not in LEGAL:
            yield f"event {event.sequence}: {event.transition} from {event.from_state} to {event.to_state} is illegal"
        if event.from_state != (previous.to_state if previous else "draft"):
            yield f"event {event.sequence} starts from {event.from_state}, where the one before did not end"
        if previous and event.recorded_at < previous.recorded_at:
            yield f"event {event.sequence} is earlier than the one before"
        if bytes(event.previous_digest) != expected:
            yield f"event {event.sequence} does not follow the digest of the one before"
        yield from _digest_faults(submission, event)
        previous = event


def _digest_faults(submission: Submission, event: Event) -> Iterator[str]:
    if bytes(event.digest) != _or_none(history.digest, event, submission.reference):
        yield f"event {event.sequence} does not match its digest"
    if event.redacted_at:
        if event.note or event.private or bytes(event.salt):
            yield f"event {event.sequence} is called redacted and is not empty"
    elif bytes(event.content_digest) != _or_none(history.content_digest, event):
        yield f"event {event.sequence}: note or private part does not match its digest"


def _revision_faults(events: list[Event], revisions: list[Revision]) -> Iterator[str]:
    makers = [event for event in events if event.transition in REVISING]
    if [event.pk for event in makers] != [revision.event_id for revision in revisions]:
        yield "revisions and the events that make them do not pair"
    sealed = {event.pk: event.payload for event in makers}
    for place, revision in enumerate(revisions, 1):
        payload = sealed.get(revision.event_id, {})
        if revision.number != place or payload.get("revision") != place:
            yield f"revision {revision.number} is not number {place}"
        if payload.get("revision_digest") != bytes(revision.digest).hex():
            yield f"revision {revision.number} is not the one its event names"
        if not revision.redacted_at and bytes(revision.digest) != _or_none(revising.digest, revision):
            yield f"revision {revision.number} does not match its digest"


def _projection_faults(
    submission: Submission, events: list[Event], revisions: list[Revision]
) -> Iterator[str]:
    try:
        expected = projections.from_events(events)
        expected |= projections.from_copy(revisions[-1].copy if revisions else {})
    except (KeyError, ValueError, ArithmeticError) as error:
        yield f"the history cannot be added up: {error!r}"
        return
    for column, value in expected.items():
        kept = getattr(submission, column)
        if kept != value:
            yield f"{column} says {kept!r}, the history says {value!r}"


def _or_none(compute: Any, *args: Any) -> bytes | None:
    """Return a digest, or None for contents that have no canonical form."""
    try:
        found: bytes = compute(*args)
    except (TypeError, ValueError):
        return None
    return found


def _one_snapshot() -> None:
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:  # else an outer transaction has begun, and its snapshot is the one
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _chosen(rows: QuerySet[Any], lookup: str, references: Sequence[str] | None) -> QuerySet[Any]:
    return rows if references is None else rows.filter(**{lookup: references})


def _stream(rows: QuerySet[Any]) -> Iterator[Any]:
    return rows.iterator(chunk_size=CHUNK)
