"""A producer's mail as it would be sent, for whoever decides."""

from dataclasses import dataclass

from django.utils import timezone

from notifications.mail import event_letter, render_letter
from submissions.models import Event

DIGEST_PLACEHOLDER = "(made when it is sent)"


@dataclass(frozen=True)
class Mail:
    """A mail as plain text."""

    subject: str
    text: str


def mail_of(event: Event) -> Mail:
    """Return the producer's mail about an event, which may be unsaved; a placeholder replaces its digest."""
    person = event.submission.producer
    with timezone.override(person.zone):
        letter = event_letter(event, team=False)
        letter.context["digest"] = DIGEST_PLACEHOLDER
        return Mail(letter.subject, render_letter(letter, person, "txt"))
