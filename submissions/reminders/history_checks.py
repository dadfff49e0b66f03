"""What `verify_history` checks of reminders: each was of the deadline that ran then, and not before its time."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from submissions import deadlines
from submissions.choices import ReminderKind
from submissions.models import Event, Reminder, Submission
from submissions.reminders.occasions import NOTICE, occasions
from submissions.transition_table import OVER
from submissions.verification import Fault


def reminder_faults(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield reminders of a deadline that did not run when they were made, and those made too early."""
    rows = Reminder.objects.order_by("submission_id", "id").select_related("submission__label")
    rows = rows.prefetch_related("submission__label__suspensions")
    if references is not None:
        rows = rows.filter(submission__reference__in=references)
    for submission, reminders in groupby(rows.iterator(500), key=lambda each: each.submission):
        events = list(Event.objects.of(submission))
        for reminder in reminders:
            if not _is_due(reminder, submission, events):
                sentence = (
                    f"the reminder {reminder.kind} of {reminder.due_at:%Y-%m-%d %H:%M} was not due then"
                )
                yield Fault(submission.reference, sentence)


def _is_due(reminder: Reminder, submission: Submission, events: Sequence[Event]) -> bool:
    before = [event for event in events if event.recorded_at <= reminder.made_at]
    pauses = [
        (start, end if end and end <= reminder.made_at else None)
        for start, end in submission.label.pauses()
        if start <= reminder.made_at
    ]
    clock = deadlines.read(before, pauses)
    state = before[-1].to_state if before else ""
    if reminder.kind == ReminderKind.CLEARING:
        return state in OVER and reminder.due_at - reminder.made_at >= NOTICE
    come = [
        each for each in occasions(clock, state, submission.label.zone) if each.moment <= reminder.made_at
    ]
    return clock.due == reminder.due_at and reminder.kind in [each.kind for each in come]
