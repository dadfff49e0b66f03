"""Making reminders: looks for what has come, writes each down once, and announces it.

May run at any time, in several workers at once, and after any outage: what is written down is not made again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value

from kit.clock import now
from kit.jobs import announce
from labels.choices import Status
from submissions import deadlines
from submissions.choices import ReminderKind
from submissions.deadlines import Deadlines
from submissions.models import Event, Reminder, Submission
from submissions.reminders.occasions import TWO_DAYS, Occasion, as_late_as, occasion_now
from submissions.transition_table import ANSWERABLE, OVER, REMINDED

CHUNK = 500
LONGEST_DAY = timedelta(hours=26)
"""A due day begins at most so long before the due moment, whatever becomes of clocks in its night."""


def remind_all() -> int:
    """Make every reminder whose occasion has come; return how many."""
    moment, made = now(), 0
    for chunk in _chunks(
        candidates(moment)
        .select_related("label")
        .prefetch_related("label__suspensions")
        .order_by("pk")
        .iterator(CHUNK)
    ):
        made += sum(remind(each.pk) is not None for each in _to_make(chunk, moment))
    return made


@transaction.atomic
def remind(pk: int) -> Reminder | None:
    """Make the reminder of a submission whose occasion has come now, None if there is none or it was made."""
    submission = Submission.objects.locked(pk)
    clock = deadlines.read(Event.objects.of(submission), submission.label.pauses())
    occasion = occasion_now(clock, submission.state, submission.label.zone, now())
    made = Reminder.objects.filter(submission=submission)
    if occasion is None or clock.due is None or _was_made(made, occasion, clock):
        return None
    reminder = Reminder.objects.create(submission=submission, kind=occasion.kind, due_at=clock.due)
    announce("reminder", reminder_id=reminder.pk)
    return reminder


def still_counts(reminders: Sequence[Reminder]) -> set[int]:
    """Return those whose answer is still owed by the date that they say, by primary key.

    One query, or two where one of the labels was ever suspended; expects `submission__label`.
    """
    dues = _dues({each.submission for each in reminders})
    return {
        each.pk
        for each in reminders
        if (each.kind == ReminderKind.CLEARING or dues[each.submission_id] == each.due_at)
        and is_for_side(each, each.submission)
    }


def is_for_side(reminder: Reminder, submission: Submission) -> bool:
    """Whether it is still the turn of the side that was reminded; of a redaction, whether it is still to come."""
    if reminder.kind == ReminderKind.CLEARING:
        return submission.state in OVER and reminder.due_at > now()
    is_producers = submission.state in ANSWERABLE
    return (reminder.kind in (ReminderKind.OFFER, ReminderKind.CHANGES)) == is_producers


def candidates(moment: datetime) -> QuerySet[Submission]:
    """Return submissions with an occasion that may have come, and no reminder as late as it; a few too many.

    `due_at` knows no suspensions, which only make things later, and half time is taken from when it was sent.
    """
    rows = Submission.objects.filter(state__in=sorted(REMINDED), due_at__isnull=False)
    rows = rows.exclude(label__status=Status.SUSPENDED)
    left, gone = F("due_at") - Value(moment), Value(moment) - F("submitted_at")
    rows = rows.alias(left=_duration(left), gone=_duration(gone))
    has_come = {
        ReminderKind.HALF: Q(left__lte=F("gone")),
        ReminderKind.TWO_DAYS: Q(due_at__lte=moment + TWO_DAYS),
        ReminderKind.DAY: Q(due_at__lte=moment + LONGEST_DAY),
        ReminderKind.ESCALATED: Q(due_at__lte=moment),
    }
    theirs = Q(state__in=sorted(ANSWERABLE))
    wanted = theirs & has_come[ReminderKind.TWO_DAYS] & ~_made((ReminderKind.OFFER, ReminderKind.CHANGES))
    for kind, condition in has_come.items():
        wanted |= ~theirs & condition & ~_made(as_late_as(kind))
    return rows.filter(wanted)


def _made(kinds: Sequence[ReminderKind]) -> Q:
    """Whether a reminder of one of these kinds was made for the present date, or a later one."""
    made = Reminder.objects.filter(submission=OuterRef("pk"), due_at__gte=OuterRef("due_at"))
    return Q(Exists(made.filter(kind__in=kinds)))


def _duration(difference: Any) -> ExpressionWrapper:
    return ExpressionWrapper(difference, DurationField())


def _was_made(made: Iterable[Reminder], occasion: Occasion, clock: Deadlines) -> bool:
    """Whether the time that runs now had this reminder, or one that comes after it; stops have moved its date since."""
    assert clock.began_at
    kinds = as_late_as(occasion.kind)
    return any(each.kind in kinds and each.made_at >= clock.began_at for each in made)


def _to_make(rows: Sequence[Submission], moment: datetime) -> list[Submission]:
    """Return those of which an occasion has come, by their histories and reminders. Two queries."""
    histories, made = _histories(rows), defaultdict[int, list[Reminder]](list)
    for reminder in Reminder.objects.filter(submission__in=rows):
        made[reminder.submission_id].append(reminder)
    found = []
    for each in rows:
        clock = deadlines.read(histories[each.pk], each.label.pauses())
        occasion = occasion_now(clock, each.state, each.label.zone, moment)
        if occasion and not _was_made(made[each.pk], occasion, clock):
            found.append(each)
    return found


def _dues(rows: Iterable[Submission]) -> dict[int, datetime | None]:
    """Return due times by submission id, suspensions counted. A query for each label, and one if any was suspended."""
    found = {each.pk: each for each in rows}
    paused = [each for each in found.values() if each.label.pauses()]
    histories = _histories(paused) if paused else {}
    dues = {pk: each.due_at for pk, each in found.items()}
    return dues | {each.pk: deadlines.read(histories[each.pk], each.label.pauses()).due for each in paused}


def _histories(rows: Iterable[Submission]) -> dict[int, list[Event]]:
    histories = defaultdict[int, list[Event]](list)
    for event in Event.objects.filter(submission__in=rows).order_by("submission_id", "sequence"):
        histories[event.submission_id].append(event)
    return histories


def _chunks(rows: Iterable[Submission]) -> Iterator[list[Submission]]:
    found = iter(rows)
    while chunk := list(islice(found, CHUNK)):
        yield chunk
