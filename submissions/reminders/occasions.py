"""When which side is reminded of its answer: pure, from the clock that a history adds up to."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from submissions.choices import Ball, ReminderKind, State
from submissions.deadlines import Deadlines

TWO_DAYS = timedelta(days=2)
NOTICE = timedelta(days=14)
"""Between the announcement of a redaction and the redaction."""
OF_LABEL = (ReminderKind.HALF, ReminderKind.TWO_DAYS, ReminderKind.DAY, ReminderKind.ESCALATED)
"""In the order in which they come."""

OF_PRODUCER = {
    State.ACCEPTED.value: ReminderKind.OFFER,
    State.CHANGES_REQUESTED.value: ReminderKind.CHANGES,
}
"""The producer's, by the state of the submission."""


@dataclass(frozen=True)
class Occasion:
    """Something to be reminded of at a moment."""

    kind: ReminderKind
    moment: datetime


def occasions(clock: Deadlines, state: str, zone: ZoneInfo) -> list[Occasion]:
    """Return the occasions of the deadline that runs, in order; none where none runs."""
    if clock.due is None or clock.span is None or clock.began_at is None:
        return []
    found = _of_label(clock.due, clock.span, zone) if clock.ball == Ball.LABEL else []
    if kind := OF_PRODUCER.get(state):
        found = [Occasion(kind, clock.due - min(TWO_DAYS, clock.span / 2))]
    return [each for each in found if each.moment > clock.began_at]


def occasion_now(clock: Deadlines, state: str, zone: ZoneInfo, moment: datetime) -> Occasion | None:
    """Return the last occasion that has come: after an outage those before it are of no use to anybody."""
    come = [each for each in occasions(clock, state, zone) if each.moment <= moment]
    return come[-1] if come else None


def as_late_as(kind: ReminderKind) -> tuple[ReminderKind, ...]:
    """Return the kind and those that come after it."""
    return OF_LABEL[OF_LABEL.index(kind) :] if kind in OF_LABEL else (kind,)


def _of_label(due: datetime, span: timedelta, zone: ZoneInfo) -> list[Occasion]:
    """Return half time, two days before, the due day from its midnight on, and the moment after which it is late.

    Of a short promise half time comes late: what is no later than that is left out.
    """
    half, day = due - span / 2, datetime.combine(due.astimezone(zone).date(), time.min, zone)
    moments = zip(OF_LABEL, (half, due - TWO_DAYS, day, due), strict=True)
    return [Occasion(kind, each) for kind, each in moments if each > half or kind == ReminderKind.HALF]
