"""Whose turn it is: one throttle and one circuit for each source, over all workers and processes.

Each function is a transaction of its own that locks the source's row for microseconds; nobody sleeps under the lock.
"""

from datetime import datetime, timedelta

from django.db import transaction

from kit.clock import now
from sources.choices import Source
from sources.errors import TooBusy
from sources.models import Throttle
from sources.models.throttle import ENOUGH
from sources.source_table import MANNERS

REST = timedelta(minutes=10)
TRIAL = timedelta(seconds=30)
"""How long one question after a rest keeps others waiting."""


def take(source: Source, *, longest: timedelta) -> timedelta:
    """Reserve the next free moment and return how long to wait for it.

    Raises TooBusy, with nothing reserved, if that is longer than `longest`, or while the source rests.
    """
    with transaction.atomic(durable=True):
        row, moment = _locked(source), now()
        if row.is_resting:
            raise TooBusy(source, row.rests_until or moment)
        turn = max(row.next_at, moment)
        if turn - moment > longest:
            raise TooBusy(source, turn)
        row.next_at = turn + MANNERS[source].gap
        if row.failures >= ENOUGH:
            row.rests_until = turn + TRIAL
        row.save(update_fields=["next_at", "rests_until"])
    return turn - moment


def note_answer(source: Source) -> None:
    """Write down that a source answered: failures are forgotten."""
    with transaction.atomic(durable=True):
        row = _locked(source)
        row.failures, row.rests_until = 0, None
        row.answers, row.answered_at = row.answers + 1, now()
        row.save(update_fields=["failures", "rests_until", "answers", "answered_at"])


def note_failure(source: Source, why: str, *, until: datetime | None = None) -> None:
    """Write down that a source failed; it is not asked before `until`, and rests after `ENOUGH` failures."""
    with transaction.atomic(durable=True):
        row, moment = _locked(source), now()
        row.failures, row.all_failures = row.failures + 1, row.all_failures + 1
        row.failure, row.failed_at = why[:200], moment
        row.next_at = max(row.next_at, until or moment)
        row.rests_until = moment + REST if row.failures >= ENOUGH else None
        row.save()


def _locked(source: Source) -> Throttle:
    row = Throttle.objects.select_for_update(of=("self",)).filter(source=source).first()
    if row is None:
        Throttle.objects.bulk_create([Throttle(source=source)], ignore_conflicts=True)
        row = Throttle.objects.select_for_update(of=("self",)).get(source=source)
    return row
