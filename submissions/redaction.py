"""Remove notes and personal data from a history; its digests still verify."""

from django.db import connection, transaction
from django.db.models import Q

from accounts.models import User
from kit.clock import now
from kit.jobs import announce
from submissions.conversation.service import redact as redact_message
from submissions.models import CoProducer, Draft, Event, LabelList, Message, SavedNote, SendPlan


def redact(event: Event) -> None:
    """Empty an event's note, private part and salt, and its revision's copy and salts; digests stay and still verify.

    Announces "redaction", so that its listeners rebuild what they derived from the event.
    """
    with transaction.atomic():
        _empty(event)
        announce("redaction", event_id=event.pk)


def redact_person(user: User) -> int:
    """Redact what a person wrote or prepared, and their own submissions; return the number of events.

    What they kept for sending is deleted.
    """
    with transaction.atomic():
        SendPlan.objects.filter(track__owner=user).delete()
        SavedNote.objects.owned_by(user).delete()
        LabelList.objects.owned_by(user).delete()
        CoProducer.objects.filter(submission__producer=user).delete()
        theirs = Q(actor=user) | Q(submission__producer=user) | Q(private__preparer=user.pk)
        events = list(Event.objects.filter(theirs, redacted_at=None).order_by("submission_id", "sequence"))
        for event in events:
            _empty(event)
        for message in Message.objects.filter(
            Q(author=user) | Q(submission__producer=user), redacted_at=None
        ):
            redact_message(message)
        for event_id in {event.submission_id: event.pk for event in events}.values():
            announce("redaction", event_id=event_id)
    return len(events)


def empty_before(event: Event) -> None:
    """Remove what is private from the submission of a redaction, in its transaction: all events before, and messages.

    What co-producers were invited to follow, and answers in the making, are deleted.
    """
    submission = event.submission
    for earlier in Event.objects.filter(submission=submission, sequence__lt=event.sequence, redacted_at=None):
        _empty(earlier)
    for message in Message.objects.filter(submission=submission, redacted_at=None):
        redact_message(message)
    CoProducer.objects.filter(submission=submission).delete()
    Draft.objects.filter(submission=submission).delete()


def _empty(event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT submissions_redact(%s, %s)", [event.pk, now()])
