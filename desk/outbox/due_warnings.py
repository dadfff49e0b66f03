"""Warnings to managers about prepared decisions whose answer is due soon or late."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Proposal
from kit.clock import now
from labels.choices import Role, Status
from labels.models import Label, Membership
from notifications import notices
from notifications.choices import NoticeKind
from submissions import deadlines
from submissions.models import Event, Submission
from submissions.transition_table import WAITING

SOON = timedelta(hours=24)


def warn() -> int:
    """Warn once of every prepared decision whose answer is due within a day, or late; return how many.

    One scheduled to be sent before its answer is due is left out.
    """
    moment = now()
    by_label: defaultdict[Label, list[Proposal]] = defaultdict(list)
    for proposal in waiting_too_long(moment):
        by_label[proposal.submission.label].append(proposal)
    return sum(_warn(label, proposals, moment) for label, proposals in by_label.items())


def waiting_too_long(moment: datetime) -> list[Proposal]:
    """Return open decisions that wait too long and were not warned of yet. Three queries.

    `due_at` ignores suspensions, which only make an answer due later.
    """
    unwarned = Proposal.objects.open().filter(warned_at=None, submission__state__in=WAITING)
    due_soon = unwarned.filter(submission__due_at__lt=moment + SOON)
    running = due_soon.exclude(submission__label__status=Status.SUSPENDED).order_by("pk")
    rows = list(
        running.select_related("submission__label").prefetch_related("submission__label__suspensions")
    )
    dues = _dues([row.submission for row in rows])
    return [row for row in rows if _is_too_long(row, dues[row.submission_id], moment)]


def _is_too_long(proposal: Proposal, due: datetime | None, moment: datetime) -> bool:
    if due is None or due >= moment + SOON:
        return False
    return proposal.send_at is None or proposal.send_at >= due


def _dues(submissions: Iterable[Submission]) -> dict[int, datetime | None]:
    """Return due times by submission id, suspensions counted. At most one query."""
    dues = {each.pk: each.due_at for each in submissions}
    paused = {each.pk: each.label.pauses() for each in submissions if each.label.pauses()}
    histories: defaultdict[int, list[Event]] = defaultdict(list)
    if paused:
        for event in Event.objects.filter(submission__in=paused).order_by("submission_id", "sequence"):
            histories[event.submission_id].append(event)
    return dues | {pk: deadlines.read(histories[pk], pauses).due for pk, pauses in paused.items()}


@transaction.atomic
def _warn(label: Label, found: list[Proposal], moment: datetime) -> int:
    """Warn of those that another worker has not warned of meanwhile; return how many."""
    unwarned = Proposal.objects.filter(pk__in=[each.pk for each in found], warned_at=None)
    mine = set(unwarned.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    proposals = [each for each in found if each.pk in mine]
    Proposal.objects.filter(pk__in=mine).update(warned_at=moment)
    for proposal in proposals:
        log.write(
            Activity.Kind.WARNED, label=label, submission=proposal.submission, transition=proposal.transition
        )
    managers = Membership.objects.active().at_least(Role.MANAGER).filter(label=label)
    for member in managers.select_related("user"):
        _notify(member.user, label, proposals, moment)
    return len(proposals)


def _notify(manager: User, label: Label, proposals: list[Proposal], moment: datetime) -> None:
    """Notify one manager, leaving out their own submissions."""
    count = sum(each.submission.producer_id != manager.pk for each in proposals)
    if count:
        notices.tell(
            [manager],
            label=label,
            who=None,
            what=f"warns you: {warning_words(count)}",
            title="Outbox",
            path=reverse("desk:outbox", args=[label.slug]),
            key=f"waits-{manager.pk}-{moment.isoformat()}",
            kind=NoticeKind.REMINDERS,
        )


def warning_words(count: int) -> str:
    """Return the text of the banner and the notice, "" for none."""
    if count < 2:
        return "1 decision is due within a day or overdue" * count
    return f"{count} decisions are due within a day or overdue"
