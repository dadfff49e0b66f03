"""Labels keep what ended without an offer for a time: announced two weeks before, then redacted.

May run at any time, in several workers at once: what was announced or redacted is not again.
"""

import uuid
from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, QuerySet

from kit.clock import now
from kit.jobs import announce
from labels.models import Label
from submissions.choices import ReminderKind, Transition
from submissions.models import Event, Message, Reminder, Submission
from submissions.permissions import SYSTEM
from submissions.reminders.occasions import NOTICE
from submissions.transition_table import DEALS, LIVE, OVER
from submissions.workflow import perform

CHUNK = 1000
CLEARING = ReminderKind.CLEARING


class Months(Func):
    """So many months."""

    template = "make_interval(months => (%(expressions)s)::integer)"
    output_field = DateTimeField()


def cleared(label: Label | None = None) -> Any:
    """Return what a label keeps for a time only, with the moment `kept_until`: over, never signed, with words left.

    A later try of the track at the label that runs, is signed or came out keeps all before it.
    """
    later = Submission.objects.filter(track=OuterRef("track"), label=OuterRef("label"), pk__gt=OuterRef("pk"))
    events = Event.objects.filter(submission=OuterRef("pk"))
    left = events.filter(redacted_at=None).exclude(transition=Transition.REDACT)
    messages = Message.objects.filter(submission=OuterRef("pk"), redacted_at=None, is_silent=False)
    rows = Submission.objects.filter(state__in=sorted(OVER), label__keeps_months__isnull=False)
    rows = rows.filter(Exists(left) | Exists(messages))
    rows = rows.exclude(Exists(events.filter(transition=Transition.SIGN)))
    rows = rows.exclude(Exists(later.filter(state__in=sorted(LIVE | DEALS))))
    until = ExpressionWrapper(F("moved_at") + Months("label__keeps_months"), output_field=DateTimeField())
    return (rows.filter(label=label) if label else rows).alias(kept_until=until)


def announce_all() -> int:
    """Tell both sides of what is to be redacted in two weeks; return how many submissions."""
    moment, by_label = now(), defaultdict[int, int](int)
    due = moment + NOTICE
    for pk in list(_unannounced(moment).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        if label := _announce(pk, moment):
            by_label[label] += 1
    for label, count in by_label.items():
        announce("clearings", label_id=label, count=count, due=due.isoformat())
    return sum(by_label.values())


@transaction.atomic
def _announce(pk: int, moment: datetime) -> int | None:
    submission = Submission.objects.locked(pk)
    if not _unannounced(moment).filter(pk=pk).exists():  # another worker may have been here
        return None
    due = moment + NOTICE
    reminder = Reminder.objects.create(submission=submission, kind=CLEARING, due_at=due, made_at=moment)
    announce("reminder", reminder_id=reminder.pk)
    return submission.label_id


def redact_all() -> int:
    """Redact what was announced two weeks ago and may still be redacted; return how many submissions."""
    return sum(_redact(pk) for pk in list(_due(now()).order_by("pk").values_list("pk", flat=True)[:CHUNK]))


def _due(moment: datetime) -> QuerySet[Submission]:
    """Return what is over and was announced; an announcement counts for two weeks after its date."""
    announced = _announced().filter(due_at__lte=moment, due_at__gt=moment - NOTICE)
    return cleared().filter(Q(kept_until__lte=moment) & Exists(announced))


def _unannounced(moment: datetime) -> QuerySet[Submission]:
    """Return what is to be redacted in two weeks, or should have been, and is not announced."""
    announced = _announced().filter(due_at__gt=moment - NOTICE)
    return cleared().filter(kept_until__lte=moment + NOTICE).exclude(Exists(announced))


def _announced() -> QuerySet[Reminder]:
    """Return what was announced of a submission since it ended."""
    return Reminder.objects.filter(
        submission=OuterRef("pk"), kind=CLEARING, made_at__gte=OuterRef("moved_at")
    )


@transaction.atomic
def _redact(pk: int) -> bool:
    submission = Submission.objects.locked(pk)
    if not _due(now()).filter(pk=pk).exists():
        return False
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"redact {submission.reference} {submission.version}")
    months = submission.label.keeps_months
    event = perform(submission, Transition.REDACT, actor=SYSTEM, turn=None, key=key, months=months)
    announce("redaction", event_id=event.pk)
    return True
