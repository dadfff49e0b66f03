"""Create deliveries with the jobs that mail them, and find mails that failed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit import jobs
from kit.clock import now
from notifications.audience_table import ChannelSet
from notifications.choices import Channel, DeliveryStatus
from notifications.models import Delivery
from notifications.models.delivery import SUBJECTS
from notifications.preferences.service import outcome_of, ways_of
from submissions.models import Event, SplitSheet

SEND = "notifications.send"
UNIQUE_BY = (*SUBJECTS, "is_end", "person", "share", "channel")
VALUES = ("label_id", "submission", "outcome", "created_at", "sent_at", "read_at")


def deliver(people: Iterable[tuple[User, ChannelSet]], moment: datetime, **about: Any) -> None:
    """Create a delivery per person and channel unless it exists, and queue each new mail in the same transaction.

    `about` is one of `SUBJECTS`, with what else it is unique by. Who acted in an event has read of it.
    """
    event, place = about.get("event"), _place(about)
    rows = [
        Delivery(
            **{**about, **place, "person": person, "channel": channel, "created_at": moment},
            read_at=moment if event and event.actor_id == person.pk else None,
        )
        for person, channels in people
        for channel in sorted(channels)
    ]
    for row, way in zip(rows, ways_of(rows), strict=True):
        row.outcome = outcome_of(row, way)
        _create(row)


def deliver_links(event: Event) -> int:
    """Create a mail for each share of the sheet that an event made, and queue it; return how many."""
    sheet = SplitSheet.objects.filter(event=event).first()
    lines = [line for line in sheet.lines.all() if line.can_be_mailed] if sheet else []
    for line in lines:
        about = {"event": event, "share": line, "channel": Channel.EMAIL}
        _create(Delivery(**about, **_place(about), created_at=event.recorded_at))
    return len(lines)


def _place(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return label and submission of a subject."""
    subject = next(about[name] for name in SUBJECTS if about.get(name))
    submission = getattr(subject, "submission", None)
    return {"label_id": submission.label_id if submission else subject.label_id, "submission": submission}


def _create(delivery: Delivery) -> None:
    """Save a delivery unless there is one, and queue its mail if it leaves alone."""
    delivery.sent_at = now() if delivery.outcome == DeliveryStatus.SENT else None
    values = {name: getattr(delivery, name) for name in (*UNIQUE_BY, *VALUES)}
    defaults = {name: values.pop(name) for name in VALUES}
    saved, is_new = Delivery.objects.get_or_create(**values, defaults=defaults)
    if is_new and saved.outcome == DeliveryStatus.WAITING:
        jobs.defer([SEND], delivery_id=saved.pk)


SEND_INVITATION = "notifications.send_invitation"


def failed_deliveries() -> QuerySet[ProcrastinateJob, int]:
    """Return the ids of deliveries whose job failed on its last try."""
    failed = ProcrastinateJob.objects.filter(task_name=SEND, status="failed")
    number = Cast(KeyTextTransform("delivery_id", "args"), BigIntegerField())
    return failed.annotate(delivery=number).values_list("delivery", flat=True)


def failing_invitations(nonces: Iterable[UUID]) -> dict[UUID, bool]:
    """Return the unsent mails of these invitations by nonce: True if the worker gave up."""
    jobs = ProcrastinateJob.objects.filter(task_name=SEND_INVITATION, attempts__gt=0)
    tried = jobs.filter(status__in=["failed", "todo"]).annotate(nonce=KeyTextTransform("nonce", "args"))
    found = tried.filter(nonce__in=[nonce.hex for nonce in nonces]).values_list("nonce", "status")
    return {UUID(nonce): status == "failed" for nonce, status in found}
