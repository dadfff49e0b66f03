"""Notifications in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from kit.routes import url_for
from notifications.models import Delivery, Notice
from notifications.reminder_table import REMINDED
from studio.names import name_of
from submissions import timeline
from submissions.models import Event, Message, Reminder, Submission


@dataclass(frozen=True)
class Sentence:
    """Who did what, to what, and the page that shows it.

    `who` is the label for a suspension, a member or Trackflow for a notice.
    """

    who: str
    what: str
    title: str
    path: str
    icon: str


def sentence_of(delivery: Delivery) -> Sentence:
    """Return the sentence of a notification for its reader; expects it `with_subject`."""
    if delivery.event:
        return _of_event(delivery, delivery.event)
    if notice := delivery.notice:
        return Sentence(_who(notice), notice.what, notice.shown_title, notice.path, "team")
    if message := delivery.message:
        return _of_message(delivery, message)
    if reminder := delivery.reminder:
        path = page_of(reminder.submission, team=delivery.is_to_team)
        return Sentence("Trackflow", reminder_words(reminder), reminder.submission.shown_title, path, "clock")
    assert delivery.suspension
    what = "is no longer suspended" if delivery.is_end else "is suspended: no deadline is running there"
    name, path = delivery.suspension.label.name, reverse("submissions:list")
    return Sentence(name, what, "Your submissions", path, "warning")


def _who(notice: Notice) -> str:
    """Return who did it; one who writes to one person, outside any label, is named without their address."""
    if notice.who is None:
        return "Trackflow"
    return capfirst(name_of(notice.who)) if notice.person_id else str(notice.who)


def _of_event(delivery: Delivery, event: Event) -> Sentence:
    submission, team = event.submission, delivery.is_to_team
    who, what = timeline.who(event, submission, team=team), timeline.what(event)
    return Sentence(who, what, submission.shown_title, page_of(submission, team=team), event.rule.icon)


def _of_message(delivery: Delivery, message: Message) -> Sentence:
    assert delivery.submission
    submission, team = delivery.submission, delivery.is_to_team
    who, path = timeline.who(message, submission, team=team), page_of(submission, team=team)
    return Sentence(who, "wrote a message", submission.shown_title, f"{path}#conversation", "note")


def page_of(submission: Submission, *, team: bool) -> str:
    """Return the address of a submission's page for one side."""
    if team:
        return url_for("desk:submission", submission.label.slug, submission.reference)
    return url_for("submissions:submission", submission.reference)


def reminder_words(reminder: Reminder) -> str:
    """Return what a reminder says after "Trackflow", its day in the reader's zone."""
    return REMINDED[reminder.kind].what.format(day=f"{timezone.localtime(reminder.due_at):%A, %-d %B}")
