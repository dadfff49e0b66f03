"""Fetching is authorising: a producer's own submission, or 404."""

from functools import cache

from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.models import User
from kit.statements import Statement, param
from labels.models import Suspension
from submissions.demo_parts import read_parts
from submissions.models import Submission

RELATED = ("label__record", "intake__label__record", "producer__profile", "track__genre", "track__subgenre")


def get_own(user: User, reference: str) -> Submission:
    """Return a producer's own submission, with its label and track. Raises Http404 otherwise."""
    found = _own().first(user=user.pk, reference=reference)
    if found is None:
        raise Http404
    found.label.was_suspended = found.was_suspended  # type: ignore[attr-defined]  # an annotation
    return found


def get_own_with_details(user: User, reference: str) -> Submission:
    """Return the same with what its form and rules need. Two queries."""
    found = get_own(user, reference)
    read_parts(found)
    return found


@cache
def _own() -> Statement[Submission]:
    own = Submission.objects.sent_by(param("user")).filter(reference=param("reference"))
    suspended = Exists(Suspension.objects.filter(label=OuterRef("label")))
    return Statement(own.select_related(*RELATED).annotate(was_suspended=suspended).defer("team_search"))
