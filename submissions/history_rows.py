"""A submission's events, revisions and offers as statements, for the bundles of pages."""

from collections.abc import Sequence
from functools import cache

from kit.statements import Statement, param
from submissions.models import Event, Offer, Revision, Submission


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
