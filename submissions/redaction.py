"""Taking words and personal data out of a history without breaking it."""

from django.db import connection, transaction
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from submissions.models import Event


def redact(event: Event) -> None:
    """Empty an event's note, private part and salt, and its revision's copy; digests stay and still verify."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT submissions_redact(%s, %s)", [event.pk, now()])


def redact_person(user: User) -> int:
    """Redact all that a person wrote or prepared, and all their own submissions hold; return how many events."""
    with transaction.atomic():
        theirs = Q(actor=user) | Q(submission__producer=user) | Q(private__preparer=user.pk)
        events = list(Event.objects.filter(theirs, redacted_at=None).order_by("submission_id", "sequence"))
        for event in events:
            redact(event)
    return len(events)
