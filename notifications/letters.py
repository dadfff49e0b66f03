"""What a mail says: its template, its subject, and what its reader may know, cleaned of tricks."""

import re
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import truncatechars
from django.utils import timezone

from accounts.models import User
from kit.text import CONTROL, INVISIBLE
from labels.models import Suspension
from notifications.models import Delivery, Notice
from notifications.sentences import Sentence, sentence_of
from notifications.subject_table import NOTICED, RESUMED, SUBJECTS, SUSPENDED
from submissions import deadlines, sentences
from submissions.choices import Ball, Transition
from submissions.event_details import particulars
from submissions.models import Event, Submission
from submissions.state_table import STATES

SAYING_THE_DATE = frozenset({Transition.REQUEST_CHANGES, Transition.ACCEPT, Transition.EXTEND})
LONGEST_NAME = 80  # characters of a title or a name within a subject


@dataclass(frozen=True)
class Letter:
    """Subject, name of the templates, and what they show."""

    subject: str
    template: str
    context: dict[str, Any]


def letter_of(delivery: Delivery) -> Letter:
    """Return what to write to a person; expects the delivery `with_subject`."""
    if delivery.event:
        return about_event(delivery.event, team=delivery.is_to_team)
    if delivery.notice:
        return _about_notice(delivery.notice, sentence_of(delivery))
    assert delivery.suspension
    return _about_suspension(delivery.suspension, delivery.person, is_end=delivery.is_end)


def about_event(event: Event, *, team: bool) -> Letter:
    """Return what to write to one side about an event, which need not be saved."""
    submission = event.submission
    names = _names(submission)
    words = SUBJECTS[event.transition][team]
    context = {
        **names,
        "team": team,
        "reference": submission.reference,
        "slug": submission.label.slug,
        "who": one_line(sentences.who(event, submission, team=team)),
        "lines": [(name, clean(value)) for name, value in particulars(event, team=team)],
        "note": clean(event.note),
        "next": _next(event, team=team),
        "deadline": _deadline(event, team=team),
        "digest": event.digest_hex,
    }
    return Letter(_subject(words, names), event.transition, context)


def clean(text: str) -> str:
    """Return text without control characters and those that turn or hide others."""
    return CONTROL.sub("", INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Return text clean and on one line."""
    return re.sub(r"\s+", " ", clean(re.sub(r"\s", " ", text))).strip()


def _next(event: Event, *, team: bool) -> str:
    """Return what comes next after an event, for this side."""
    words = STATES[event.to_state]
    return words.desk_next if team else words.producer_next


def _about_suspension(suspension: Suspension, person: User, *, is_end: bool) -> Letter:
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


def _about_notice(notice: Notice, sentence: Sentence) -> Letter:
    who, what, title = (one_line(words) for words in (sentence.who, sentence.what, notice.shown_title))
    context = {
        "who": who,
        "what": what,
        "title": title,
        "label": one_line(notice.label.name),
        "reference": notice.submission.reference if notice.submission else "",
        "note": clean(notice.text),
        "path": notice.path,
    }
    return Letter(_subject(NOTICED, {"who": who, "what": what, "title": title}), "notice", context)


def _names(submission: Submission) -> dict[str, str]:
    return {
        "title": one_line(submission.shown_title),
        "artist": one_line(submission.artist) or "the producer",
        "label": one_line(submission.label.name),
    }


def _subject(words: str, names: dict[str, str]) -> str:
    return words.format(**{name: truncatechars(text, LONGEST_NAME) for name, text in names.items()})


def _deadline(event: Event, *, team: bool) -> str:
    """Return by when who owes an answer, as things stood after this event; "" where nothing runs."""
    if event.transition in SAYING_THE_DATE:
        return ""
    before = Event.objects.of(event.submission).filter(sequence__lt=event.sequence)
    clock = deadlines.read([*before, event], event.submission.label.pauses())
    if clock.is_stopped:
        return "The clock stands still for the moment."
    if clock.due is None:
        return ""
    due = f"{timezone.localtime(clock.due):%-d %B %Y, %H:%M (%Z)}"
    if clock.ball == Ball.LABEL:
        return f"You promised an answer by {due}." if team else f"They promised an answer by {due}."
    return f"Their answer is due by {due}." if team else f"Your answer is due by {due}."
