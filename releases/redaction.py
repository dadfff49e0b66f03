"""Remove words and people from the history of a release; its digests still verify."""

from collections.abc import Iterator

from django.db import connection, transaction

from accounts.models import User
from kit.clock import now
from releases.choices import State, Transition
from releases.models import ReleaseEvent
from submissions.models import Submission

T = Transition
WORDED = frozenset({T.PLAN, T.EDIT, T.SET_TRACKS, T.ADD_STEPS, T.CHANGE_STEP, T.LOSE_TRACK})
"""What is said of a release, its tracks and steps: the label's words, whoever wrote them."""


def redact(event: ReleaseEvent) -> None:
    """Empty an event's note, private part and salt, and the rows that have their words from it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT releases_redact(%s, %s)", [event.pk, now()])


def redact_person(user: User) -> int:
    """Redact a person's notes, and the lists on which their tracks stood unless those came out; return how many.

    Their tracks have left every list that is still to come out before.
    """
    with transaction.atomic():
        notes = ReleaseEvent.objects.filter(actor=user, redacted_at=None).exclude(note="")
        found = {event.pk: event for event in notes.exclude(transition__in=WORDED)}
        found |= {event.pk: event for event in _lists_with(user)}
        for event in found.values():
            redact(event)
    return len(found)


def _lists_with(user: User) -> Iterator[ReleaseEvent]:
    lists = ReleaseEvent.objects.filter(transition=T.SET_TRACKS, redacted_at=None)
    unreleased = lists.exclude(release__state=State.RELEASED)
    for submission in Submission.objects.filter(producer=user).exclude(submitted_at=None):
        at_label = unreleased.filter(release__label=submission.label_id)
        yield from at_label.filter(payload__tracks__contains=[{"submission": submission.reference}])
