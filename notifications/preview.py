"""A mail to a producer before anything happened."""

from dataclasses import dataclass

from django.utils import timezone

from notifications.letters import about_event
from notifications.mail import written
from submissions.models import Event

NOT_YET = "(made when it is sent)"


@dataclass(frozen=True)
class Mail:
    """What stands in a mail, as plain text."""

    subject: str
    text: str


def mail_of(event: Event) -> Mail:
    """Return what the producer would read about an event that need not be saved; its digest is left out."""
    person = event.submission.producer
    with timezone.override(person.zone):
        letter = about_event(event, team=False)
        letter.context["digest"] = NOT_YET
        return Mail(letter.subject, written(letter, person, "txt"))
