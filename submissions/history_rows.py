"""A submission's events and revisions, read in one query."""

from collections.abc import Sequence
from functools import cache

from kit.bundles import Bundle
from kit.statements import Statement, param
from submissions.models import Event, Offer, Revision, Submission


def history_rows_of(submission: Submission) -> tuple[list[Event], list[Revision]]:
    """Return the events with people and the revisions with their events, each oldest first. One query."""
    found = _bundle().read(submission=submission.pk)
    link_revisions(submission, found["events"], found["revisions"])
    return found["events"], found["revisions"]


def link_revisions(
    submission: Submission, events: list[Event], rows: Sequence[Revision] | Sequence[Offer]
) -> None:
    """Give revisions or offers the submission and the events that were read beside them."""
    by_pk = {event.pk: event for event in events}
    for row in rows:
        row.submission, row.event = submission, by_pk[row.event_id]


@cache
def event_rows() -> Statement[Event]:
    """Return the statement for the events of a `submission`."""
    return Statement(Event.objects.of(param("submission")).with_people())


@cache
def revision_rows() -> Statement[Revision]:
    """Return the statement for the revisions of a `submission`."""
    return Statement(Revision.objects.filter(submission=param("submission")).order_by("number"))


@cache
def offer_rows() -> Statement[Offer]:
    """Return the statement for the offers of a `submission`."""
    return Statement(Offer.objects.filter(submission=param("submission")).order_by("number"))


@cache
def _bundle() -> Bundle:
    return Bundle(events=event_rows(), revisions=revision_rows())
