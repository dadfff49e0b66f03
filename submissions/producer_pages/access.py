"""Fetching is authorising: a producer's own submission, or 404."""

from django.http import Http404

from accounts.models import User
from submissions.models import Submission

WITH = ("label__record", "intake__label__record", "producer__profile", "track__genre", "track__subgenre")
FULL = ("intake__questions", "intake__genres", "track__collaborators")


def own(user: User, reference: str) -> Submission:
    """Return a submission that this person sent or drafts, with its label and track; Http404 otherwise."""
    return _found(user, reference, ())


def own_in_full(user: User, reference: str) -> Submission:
    """Return the same with all that its form and its rules ask for."""
    return _found(user, reference, FULL)


def _found(user: User, reference: str, details: tuple[str, ...]) -> Submission:
    own_ones = Submission.objects.sent_by(user).select_related(*WITH).prefetch_related(*details)
    found = own_ones.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found
