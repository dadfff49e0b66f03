"""What lies around a submission in the queue's order, found from its own place: never random, at any depth."""

from dataclasses import dataclass

from desk.queue.listing import ABOVE, ROWS, Listing
from kit.pages import Page
from submissions.models import Submission


@dataclass(frozen=True)
class Neighbours:
    """The submissions before and after; None at either end."""

    previous: Submission | None
    next: Submission | None


def neighbours_of(listing: Listing, submission: Submission) -> Neighbours:
    """Return the two around a submission. Two queries."""
    return Neighbours(
        _first(listing.beside(submission, "before").items),
        next_of(listing, submission),
    )


def next_of(listing: Listing, submission: Submission) -> Submission | None:
    """Return the submission after this one, by the values it had when it was fetched. One query."""
    return _first(listing.beside(submission, "after").items)


def window(listing: Listing, submission: Submission) -> tuple[Page[Submission], Neighbours]:
    """Return the part of the list that holds a submission, and its neighbours. Two queries."""
    above = listing.beside(submission, "before", ABOVE)
    below = listing.beside(submission, "after", ROWS - ABOVE)
    page = Page([*above.items, submission, *below.items], below.next_url, above.previous_url)
    return page, Neighbours(_first(above.items[::-1]), _first(below.items))


def _first(items: list[Submission]) -> Submission | None:
    return items[0] if items else None
