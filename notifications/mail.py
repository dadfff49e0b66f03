"""Mails of deliveries: content, headers that stay the same when sent again, and a preview."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from kit.forms import without_invisible
from labels.models import Suspension
from notifications.kinds import kind_of
from notifications.mail_headers import mail_headers
from notifications.models import Delivery, Notice
from notifications.reminder_table import REMINDED
from notifications.sentences import Sentence, sentence_of
from notifications.unsubscribe import links
from submissions import deadlines, timeline
from submissions.choices import Ball, ReminderKind
from submissions.models import Event, Message, Reminder, Submission
from submissions.next_steps import next_steps
from submissions.state_machine import STATES
from submissions.timeline import detail_lines

SUSPENDED, RESUMED = "{label} is suspended: no deadline is running", "{label}: the suspension is over"
NOTICED = "{who} {what}: {title}"
LONGEST_NAME = 80  # characters of a title or a name within a subject


@dataclass(frozen=True)
class Letter:
    """Subject, template name and context of a mail."""

    subject: str
    template: str
    context: dict[str, Any]


def letter_of(delivery: Delivery) -> Letter:
    """Return the letter of a delivery; expects it `with_subject`."""
    if delivery.event:
        return event_letter(delivery.event, team=delivery.is_to_team)
    if delivery.notice:
        return _notice_letter(delivery.notice, sentence_of(delivery), team=delivery.is_to_team)
    if delivery.message:
        return _message_letter(delivery, delivery.message)

    if delivery.reminder:
        return _reminder_letter(delivery.reminder, sentence_of(delivery), team=delivery.is_to_team)
    assert delivery.suspension
    assert delivery.person
    return _suspension_letter(delivery.suspension, delivery.person, is_end=delivery.is_end)


def event_letter(event: Event, *, team: bool) -> Letter:
    """Return the letter to one side about an event, which may be unsaved."""
    submission = event.submission
    names = _names(submission)
    words = event.rule.subjects[team]
    context = {
        **names,
        "team": team,
        "reference": submission.reference,
        "slug": submission.label.slug,
        "who": one_line(timeline.who(event, submission, team=team)),
        "lines": [(name, without_invisible(value)) for name, value in detail_lines(event, team=team)],
        "note": without_invisible(event.note),
        "next": _next(event, team=team),
        "steps": [] if team else next_steps(submission, event),
        "deadline": _deadline(event, team=team),
        "digest": event.digest_hex,
    }
    return Letter(_subject(words, names), event.transition, context)


def one_line(text: str) -> str:
    """Return the text on one line, without invisible characters."""
    return re.sub(r"\s+", " ", without_invisible(re.sub(r"\s", " ", text))).strip()


def _next(event: Event, *, team: bool) -> str:
    """Return this side's words for what comes next."""
    words = STATES[event.to_state]
    return words.desk_next if team else words.producer_next


def _suspension_letter(suspension: Suspension, person: User, *, is_end: bool) -> Letter:
    label = suspension.label
    live = Submission.objects.live().filter(label=label, producer=person).order_by("submitted_at", "id")
    names = {"label": one_line(label.name)}
    context = {
        **names,
        "is_closed": label.status == "closed",
        "submissions": [(each.reference, one_line(each.shown_title)) for each in live],
    }
    words, template = (RESUMED, "resumed") if is_end else (SUSPENDED, "suspended")
    return Letter(_subject(words, names), template, context)


def _reminder_letter(reminder: Reminder, sentence: Sentence, *, team: bool) -> Letter:
    submission = reminder.submission
    names = _names(submission)
    context = {
        **names,
        "team": team,
        "is_clearing": reminder.kind == ReminderKind.CLEARING,
        "lead": f"{sentence.who} {sentence.what}.",
        "due": f"{timezone.localtime(reminder.due_at):%-d %B %Y, %H:%M (%Z)}",
        "reference": submission.reference,
        "slug": submission.label.slug,
    }
    return Letter(_subject(REMINDED[reminder.kind].subject, names), "reminder", context)


def _notice_letter(notice: Notice, sentence: Sentence, *, team: bool) -> Letter:
    who, what, title = (one_line(words) for words in (sentence.who, sentence.what, notice.shown_title))
    context = {
        "team": team,
        "who": who,
        "what": what,
        "title": title,
        "label": one_line(notice.label.name) if notice.label else "",
        "reference": notice.submission.reference if notice.submission else "",
        "note": without_invisible(notice.text),
        "path": notice.path,
    }
    return Letter(_subject(NOTICED, {"who": who, "what": what, "title": title}), "notice", context)


def _message_letter(delivery: Delivery, message: Message) -> Letter:
    assert delivery.submission
    submission, sentence, team = delivery.submission, sentence_of(delivery), delivery.is_to_team
    names = {**_names(submission), "who": one_line(sentence.who)}
    context = {
        **names,
        "team": team,
        "reference": submission.reference,
        "text": without_invisible(message.text),
        "path": sentence.path,
    }
    return Letter(_subject("{who} about “{title}”", names), "message", context)


def _names(submission: Submission) -> dict[str, str]:
    return {
        "title": one_line(submission.shown_title),
        "artist": one_line(submission.artist) or "the producer",
        "label": one_line(submission.label.name),
    }


def _subject(words: str, names: dict[str, str]) -> str:
    return words.format(**{name: truncatechars(text, LONGEST_NAME) for name, text in names.items()})


def _deadline(event: Event, *, team: bool) -> str:
    """Return who must answer by when, as of this event; "" without a deadline."""
    if event.rule.sets_a_date:
        return ""
    before = Event.objects.of(event.submission).filter(sequence__lt=event.sequence)
    clock = deadlines.read([*before, event], event.submission.label.pauses())
    if clock.is_stopped:
        return "No deadline is running at the moment."
    if clock.due is None:
        return ""
    due = f"{timezone.localtime(clock.due):%-d %B %Y, %H:%M (%Z)}"
    if clock.ball == Ball.LABEL:
        return f"You promised an answer by {due}." if team else f"They promised an answer by {due}."
    return f"Their answer is due by {due}." if team else f"Your answer is due by {due}."


FOLDER = "notifications/email"


def build(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the mail of a delivery, in its person's time zone; expects it `with_subject`."""
    assert delivery.person  # a share's mail is `share_mail`'s
    with timezone.override(delivery.person.zone):
        letter = letter_of(delivery)
        letter.context.update(links.footer(links.path_for(delivery), kind_of(delivery).name))
        text, html = (render_letter(letter, delivery.person, kind) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(
        letter.subject, text, to=[delivery.person.email], headers=mail_headers(delivery)
    )
    message.attach_alternative(html, "text/html")
    return message


def render_letter(letter: Letter, person: User, kind: str) -> str:
    """Return a letter as "txt" or "html"; the caller sets the person's time zone."""
    context = {**letter.context, "base_url": settings.BASE_URL, "zone": person.time_zone}
    return render_mail(letter.template, kind, context)


def render_mail(template: str, kind: str, context: dict[str, Any]) -> str:
    """Render a mail's template as "txt" or "html"."""
    text = render_to_string(f"{FOLDER}/{template}.{kind}", context)
    return text if kind == "html" else re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
