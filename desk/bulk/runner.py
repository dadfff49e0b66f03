"""Running a bulk action, submission by submission, by as many workers and as often as need be."""

from collections import Counter
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.assignment import service as assignment
from desk.bulk.service import ACTS
from desk.choices import Fate
from desk.models import Bulk, BulkItem
from kit import jobs
from kit.clock import now
from labels.choices import Role
from submissions.errors import NotAllowed, NotPossible, WorkflowError
from submissions.models import Event

RUN = "desk.run_bulk"
STINT = 100
"""How many submissions one job takes: a worker that is to stop does not wait long."""

AWAITED = 1
"""Somebody looks at the progress; goes before what nobody waits for."""

LONGEST = 300


def go_on(bulk: Bulk, *, wait: int = 0) -> None:
    """Queue the next stint in the open transaction, due in some seconds. No two stints run side by side."""
    moment = now() + timedelta(seconds=wait) if wait else None
    jobs.defer_later(RUN, moment, priority=AWAITED, lock=f"{RUN}/{bulk.pk}", bulk_id=bulk.pk)


def run(bulk: Bulk) -> None:
    """Take the next hundred; then queue the next stint, or end it. May be run again at any time."""
    for _ in range(STINT):
        if not _take_next(bulk):
            break
    _go_on_or_end(bulk)


@transaction.atomic
def cancel(bulk: Bulk, *, user: User) -> None:
    """Leave alone what is still waiting. Raises NotAllowed, or NotPossible for what has ended."""
    fresh = _locked(bulk)
    if not may_cancel(fresh, user, fresh.label.role_of(user)):
        raise NotAllowed("Only who ordered it, or a manager, may cancel this.")
    if fresh.ended_at:
        raise NotPossible("This has ended already; there was nothing left to cancel.")
    if fresh.cancelled_at:
        return
    fresh.cancelled_at, fresh.cancelled_by = now(), user
    fresh.save(update_fields=["cancelled_at", "cancelled_by"])
    note(Activity.Kind.CANCELLED, fresh, user)
    go_on(fresh)


def note(kind: Activity.Kind, bulk: Bulk, user: User) -> None:
    """Write into the team's log what somebody did with a bulk action.

    One that is about a single producer's submissions is noted under the first of them, so that the log hides it
    from them as it hides all about their own.
    """
    producers = bulk.items.order_by().values_list("submission__producer").distinct()[:2]
    item = bulk.items.select_related("submission").order_by("id").first() if len(producers) == 1 else None
    about = item.submission if item else None
    log.write(kind, label=bulk.label, submission=about, actor=user, act=bulk.act, bulk=bulk.code)


def may_cancel(bulk: Bulk, user: User, role: Role | None) -> bool:
    """Whether somebody in this role may cancel it: who ordered it, or a manager."""
    least = Role.REVIEWER if user.pk == bulk.ordered_by_id else Role.MANAGER
    return role is not None and role >= least


@transaction.atomic
def _take_next(bulk: Bulk) -> bool:
    """Act on one submission that waits, and write down what became of it; False where there is none."""
    if not Bulk.objects.filter(pk=bulk.pk, ended_at=None, cancelled_at=None).exists():
        return False
    waiting = bulk.items.filter(fate=Fate.WAITING).select_related("submission__label").order_by("id")
    item = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if item is None:
        return False
    item.fate, item.because, item.event = _act(bulk, item)
    item.save(update_fields=["fate", "because", "event"])
    return True


def _act(bulk: Bulk, item: BulkItem) -> tuple[Fate, str, Event | None]:
    try:
        event = ACTS[bulk.act](bulk, item)
    except WorkflowError as refusal:
        return Fate.SKIPPED, str(refusal)[:LONGEST], None
    except ValidationError as error:
        return Fate.SKIPPED, " ".join(error.messages)[:LONGEST], None
    return Fate.DONE, "", event


@transaction.atomic
def _go_on_or_end(bulk: Bulk) -> None:
    fresh = _locked(bulk)
    if fresh.ended_at:
        return
    waiting = fresh.items.filter(fate=Fate.WAITING).order_by("id")
    if fresh.cancelled_at or not waiting.exists():
        fresh.ended_at = now()
        fresh.save(update_fields=["ended_at"])
        _tell_of_shares(fresh)
    else:
        is_free = waiting.select_for_update(skip_locked=True, of=("self",)).first() is not None
        go_on(fresh, wait=0 if is_free else 5)  # what a worker that died had locked is free soon


def _tell_of_shares(bulk: Bulk) -> None:
    """Tell whom a bulk action gave something to look after, once and of all of it."""
    dealt = bulk.details.get("dealt", {})
    done = bulk.items.filter(fate=Fate.DONE).values_list("submission", flat=True) if dealt else ()
    shares = Counter(dealt[str(number)] for number in done)
    for member in User.objects.filter(pk__in=shares):
        key = f"{bulk.code}/{member.pk}"
        assignment.notify_of_share(
            member, shares[member.pk], label=bulk.label, actor=bulk.ordered_by, key=key
        )


def _locked(bulk: Bulk) -> Bulk:
    rows = Bulk.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("label", "ordered_by").get(pk=bulk.pk)
