"""Verify histories: compare the database with what its events and revisions add up to.

Streams submissions, events and revisions side by side, so memory stays flat however many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.module_loading import import_string

from submissions import history, projections
from submissions import revisions as submissions_revisions
from submissions.chain_rules import Surroundings
from submissions.choices import ActorRole
from submissions.event_rules import event_faults
from submissions.history_stream import (
    EVENT,
    OFFER,
    REVISION,
    SUBMISSION,
    EventRow,
    OfferRow,
    RevisionRow,
    SubmissionRow,
    Taker,
    stream,
)
from submissions.models import Event, Offer, Revision, Submission
from submissions.offer_checks import binding_faults, offer_faults
from submissions.repeat_checks import repeat_faults
from submissions.transition_table import REVISING, legal_triples

LEGAL = frozenset(legal_triples())


@dataclass(frozen=True)
class Fault:
    """One error in one submission's history."""

    reference: str
    sentence: str


@dataclass(frozen=True)
class Part:
    """Which submissions are looked at: those with these references, those with these keys, or all."""

    references: Sequence[str] | None = None
    pks: range | None = None

    def of(self, rows: QuerySet[Any], path: str = "") -> QuerySet[Any]:
        """Return the rows of these submissions; `path` leads from a row to its submission."""
        if self.references is not None:
            return rows.filter(**{f"{path}reference__in": self.references})
        if self.pks is not None:
            return rows.filter(**{f"{path}id__gte": self.pks.start, f"{path}id__lt": self.pks.stop})
        return rows


ALL = Part()


@dataclass(frozen=True)
class Finding:
    """How much was looked at, and what is wrong with it."""

    submissions: int
    events: int
    faults: list[Fault]


def faults(references: Sequence[str] | None = None) -> Iterator[Fault]:
    """Yield every fault, of these submissions or of all, from one snapshot of the database."""
    with transaction.atomic():
        keep_snapshot()
        yield from examine_part(Part(references)).faults
        yield from further_faults(references)


def examine_part(part: Part) -> Finding:
    """Look at the histories of a part, in the transaction that is open."""
    submissions = events = 0
    found = []
    for case in histories(part):
        submissions, events = submissions + 1, events + len(case[1])
        found += [Fault(case[0].reference, sentence) for sentence in examine(*case)]
    return Finding(submissions, events, found)


Case = tuple[SubmissionRow, list[EventRow], list[RevisionRow], list[OfferRow], Surroundings]


def histories(part: Part) -> Iterator[Case]:
    """Yield each submission with its events, revisions and offers in order, and what surrounds all."""
    around = Surroundings.read()
    submissions = part.of(Submission.objects.order_by("pk"))
    events = part.of(Event.objects.order_by("submission_id", "sequence"), "submission__")
    revisions = part.of(Revision.objects.order_by("submission_id", "number"), "submission__")
    offers = part.of(Offer.objects.order_by("submission_id", "number"), "submission__")
    take_events = Taker(stream(events, EVENT, EventRow))
    take_revisions = Taker(stream(revisions, REVISION, RevisionRow))
    take_offers = Taker(stream(offers, OFFER, OfferRow))
    for submission in stream(submissions, SUBMISSION, SubmissionRow):
        pk = submission.id
        yield submission, take_events(pk), take_revisions(pk), take_offers(pk), around


def further_faults(references: Sequence[str] | None = None) -> Iterator[Fault]:
    """Yield the faults outside single histories: orphans, wrong repeats, and what higher apps find."""
    if references is None:
        yield from _orphans()
    yield from starmap(Fault, repeat_faults(references))
    yield from starmap(Fault, binding_faults(references))
    for path in settings.HISTORY_CHECKS:
        yield from import_string(path)(references)


def examine(
    submission: SubmissionRow,
    events: list[EventRow],
    revisions: list[RevisionRow],
    offers: list[OfferRow],
    around: Surroundings,
) -> Iterator[str]:
    """Yield the errors in one history, as sentences."""
    yield from _chain_faults(submission, events)
    for event in events:
        yield from event_faults(submission, events, event, around)
    yield from _identity_faults(submission, events)
    yield from _revision_faults(events, revisions)
    yield from offer_faults(events, offers)
    yield from _projection_faults(submission, events, revisions)


def _chain_faults(submission: SubmissionRow, events: list[EventRow]) -> Iterator[str]:
    previous: EventRow | None = None
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


def _digest_faults(submission: SubmissionRow, event: EventRow) -> Iterator[str]:
    if bytes(event.digest) != _or_none(history.digest, event, submission.reference):
        yield f"event {event.sequence} does not match its digest"
    if event.redacted_at:
        if event.note or event.private or bytes(event.salt):
            yield f"event {event.sequence} is called redacted and is not empty"
    elif bytes(event.content_digest) != _or_none(history.content_digest, event):
        yield f"event {event.sequence}: note or private part does not match its digest"


def _identity_faults(submission: SubmissionRow, events: list[EventRow]) -> Iterator[str]:
    """Yield errors in a submission's producer, track, intake and previous try."""
    if any(
        event.actor_id != submission.producer_id for event in events if event.actor_role == ActorRole.PRODUCER
    ):
        yield "its producer is not the producer its events name"
    if submission.track_owner_id != submission.producer_id:
        yield "its track is not its producer’s"
    if submission.intake_label_id != submission.label_id:
        yield "its intake is not its label’s"
    if events and _said(events[0], "intake") != submission.intake_code:
        yield f"its intake is {submission.intake_code}, event 1 says {_said(events[0], 'intake')}"
    previous = submission.previous_reference
    if events and _said(events[0], "previous") != previous:
        yield f"its previous try is {previous}, event 1 says {_said(events[0], 'previous')}"


def _revision_faults(events: list[EventRow], revisions: list[RevisionRow]) -> Iterator[str]:
    makers = [event for event in events if event.transition in REVISING]
    if [event.id for event in makers] != [revision.event_id for revision in revisions]:
        yield "revisions and the events that make them do not pair"
    by_pk = {event.id: event for event in makers}
    for place, revision in enumerate(revisions, 1):
        event = by_pk.get(revision.event_id)
        if revision.number != place or _said(event, "revision") != place:
            yield f"revision {revision.number} is not number {place}"
        if _said(event, "revision_digest") != bytes(revision.digest).hex():
            yield f"revision {revision.number} is not the one its event names"
        yield from _copy_faults(event, revision)


def _copy_faults(event: EventRow | None, revision: RevisionRow) -> Iterator[str]:
    if event and bool(event.redacted_at) != bool(revision.redacted_at):
        yield f"revision {revision.number} and its event were not redacted together"
    if revision.redacted_at:
        if revision.copy or revision.answers or bytes(revision.salts):
            yield f"revision {revision.number} is called redacted and is not empty"
    elif bytes(revision.digest) != _or_none(submissions_revisions.digest, revision):
        yield f"revision {revision.number} does not match its digest"


def _projection_faults(
    submission: SubmissionRow, events: list[EventRow], revisions: list[RevisionRow]
) -> Iterator[str]:
    try:
        expected = projections.from_events(events)
        expected |= projections.from_copy(revisions[-1].copy if revisions else {})
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        yield f"the history cannot be added up: {error!r}"
        return
    for column, value in expected.items():
        kept = getattr(submission, column)
        if kept != value:
            yield f"{column} says {kept!r}, the history says {value!r}"


def _orphans() -> Iterator[Fault]:
    kept = Submission.objects.filter(pk=OuterRef("submission_id"))
    lost = Event.objects.filter(~Exists(kept)).values_list("submission_id").annotate(Count("pk"))
    for pk, count in lost.order_by("submission_id"):
        yield Fault(f"submission {pk}", f"its row is missing, and {count} events of it are there")


def _said(event: EventRow | None, name: str) -> Any:
    """Return a field of an event's payload, None if the payload is no object."""
    return event.payload.get(name) if event and isinstance(event.payload, dict) else None


def _or_none(compute: Any, *args: Any) -> bytes | None:
    """Return a digest, or None for content without a canonical form."""
    try:
        found: bytes = compute(*args)
    except (TypeError, ValueError, LookupError, AttributeError):
        return None
    return found


def keep_snapshot() -> None:
    """Read one snapshot until the transaction ends."""
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:  # else an outer transaction has begun, and its snapshot is the one
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
