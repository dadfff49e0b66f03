"""Fetching is authorising: a producer's own submission, or 404."""

from django.http import Http404

from accounts.models import User
from submissions.models import Submission

RELATED = ("label__record", "intake__label__record", "producer__profile", "track__genre", "track__subgenre")
DETAILS = ("intake__questions", "intake__genres", "track__collaborators")


def get_own(user: User, reference: str) -> Submission:
    """Return a producer's own submission, with its label and track. Raises Http404 otherwise."""
    return _found(user, reference, ())


def get_own_with_details(user: User, reference: str) -> Submission:
    """Return the same with what its form and rules need."""
    return _found(user, reference, DETAILS)


def _found(user: User, reference: str, details: tuple[str, ...]) -> Submission:
    own_ones = Submission.objects.sent_by(user).select_related(*RELATED).prefetch_related(*details)
    found = own_ones.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found
