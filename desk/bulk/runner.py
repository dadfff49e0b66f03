"""Running a bulk action, submission by submission; safe to repeat and with several workers."""

from collections import Counter
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.assignment import service as assignment
from desk.bulk.service import PERFORMERS
from desk.choices import BulkResult
from desk.models import Bulk, BulkItem
from kit import jobs
from kit.clock import now
from labels.choices import Role
from submissions.errors import NotAllowed, NotPossible, WorkflowError
from submissions.models import Event

RUN = "desk.run_bulk"
BATCH = 100
"""Submissions of one job: few enough for a worker to stop soon."""

PRIORITY = 1
"""Somebody watches the progress, so it runs before other jobs."""

LONGEST_REASON = 300


def queue_next(bulk: Bulk, *, wait: int = 0) -> None:
    """Queue the next batch in the open transaction, due in `wait` seconds. Batches of one action never overlap."""
    moment = now() + timedelta(seconds=wait) if wait else None
    jobs.defer_later(RUN, moment, priority=PRIORITY, lock=f"{RUN}/{bulk.pk}", bulk_id=bulk.pk)


def run(bulk: Bulk) -> None:
    """Run a batch, then queue the next one or end the action. May be repeated at any time."""
    for _ in range(BATCH):
        if not _take_next(bulk):
            break
    _queue_next_or_end(bulk)


@transaction.atomic
def cancel(bulk: Bulk, *, user: User) -> None:
    """Skip the submissions still waiting. Raises NotAllowed, and NotPossible for an action that has ended."""
    fresh = _locked(bulk)
    if not may_cancel(fresh, user, fresh.label.role_of(user)):
        raise NotAllowed("Only the person who started it or a manager may cancel this.")
    if fresh.ended_at:
        raise NotPossible("This has already ended; there was nothing left to cancel.")
    if fresh.cancelled_at:
        return
    fresh.cancelled_at, fresh.cancelled_by = now(), user
    fresh.save(update_fields=["cancelled_at", "cancelled_by"])
    note(Activity.Kind.CANCELLED, fresh, user)
    queue_next(fresh)


def note(kind: Activity.Kind, bulk: Bulk, user: User) -> None:
    """Write into the team's log what somebody did with a bulk action.

    If all its submissions are of one producer, it is logged under the first of them: the log hides from members
    what is about their own.
    """
    producers = bulk.items.order_by().values_list("submission__producer").distinct()[:2]
    item = bulk.items.select_related("submission").order_by("id").first() if len(producers) == 1 else None
    about = item.submission if item else None
    log.write(kind, label=bulk.label, submission=about, actor=user, act=bulk.act, bulk=bulk.code)


def may_cancel(bulk: Bulk, user: User, role: Role | None) -> bool:
    """Whether a member in this role may cancel it: whoever ordered it, and managers."""
    least = Role.REVIEWER if user.pk == bulk.ordered_by_id else Role.MANAGER
    return role is not None and role >= least


@transaction.atomic
def _take_next(bulk: Bulk) -> bool:
    """Process one waiting submission and store its result; False where there is none."""
    if not Bulk.objects.filter(pk=bulk.pk, ended_at=None, cancelled_at=None).exists():
        return False
    waiting = bulk.items.filter(result=BulkResult.WAITING).select_related("submission__label").order_by("id")
    item = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if item is None:
        return False
    item.result, item.because, item.event = _perform(bulk, item)
    item.save(update_fields=["result", "because", "event"])
    return True


def _perform(bulk: Bulk, item: BulkItem) -> tuple[BulkResult, str, Event | None]:
    try:
        event = PERFORMERS[bulk.act](bulk, item)
    except WorkflowError as refusal:
        return BulkResult.SKIPPED, str(refusal)[:LONGEST_REASON], None
    except ValidationError as error:
        return BulkResult.SKIPPED, " ".join(error.messages)[:LONGEST_REASON], None
    return BulkResult.DONE, "", event


@transaction.atomic
def _queue_next_or_end(bulk: Bulk) -> None:
    fresh = _locked(bulk)
    if fresh.ended_at:
        return
    waiting = fresh.items.filter(result=BulkResult.WAITING).order_by("id")
    if fresh.cancelled_at or not waiting.exists():
        fresh.ended_at = now()
        fresh.save(update_fields=["ended_at"])
        _notify_assignees(fresh)
    else:
        is_free = waiting.select_for_update(skip_locked=True, of=("self",)).first() is not None
        queue_next(fresh, wait=0 if is_free else 5)  # rows locked by a dead worker are free soon


def _notify_assignees(bulk: Bulk) -> None:
    """Notify each new assignee once of all their submissions."""
    dealt = bulk.details.get("dealt", {})
    done = bulk.items.filter(result=BulkResult.DONE).values_list("submission", flat=True) if dealt else ()
    shares = Counter(dealt[str(number)] for number in done)
    for member in User.objects.filter(pk__in=shares):
        key = f"{bulk.code}/{member.pk}"
        assignment.notify_of_share(
            member, shares[member.pk], label=bulk.label, actor=bulk.ordered_by, key=key
        )


def _locked(bulk: Bulk) -> Bulk:
    rows = Bulk.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("label", "ordered_by").get(pk=bulk.pk)
