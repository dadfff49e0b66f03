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
from notifications.choices import Channel, Outcome
from notifications.models import Delivery
from notifications.models.delivery import SUBJECTS
from submissions.models import Event, SplitSheet

SEND = "notifications.send"


def deliver(people: Iterable[tuple[User, ChannelSet]], moment: datetime, **about: Any) -> None:
    """Create a delivery per person and channel unless it exists, and queue each new mail in the same transaction.

    `about` is one of `SUBJECTS`, with what else it is unique by. Who acted in an event has read of it.
    """
    place = _place(about)
    event = about.get("event")
    for person, channels in people:
        read_at = moment if event and event.actor_id == person.pk else None
        for channel in sorted(channels):
            _create({**about, "person": person, "channel": channel}, {**place, "read_at": read_at}, moment)


def deliver_links(event: Event) -> int:
    """Create a mail for each share of the sheet that an event made, and queue it; return how many."""
    sheet = SplitSheet.objects.filter(event=event).first()
    lines = [line for line in sheet.lines.all() if line.can_be_mailed] if sheet else []
    for line in lines:
        about = {"event": event, "share": line, "channel": Channel.EMAIL}
        _create(about, _place(about), event.recorded_at)
    return len(lines)


def _place(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return label and submission of a subject."""
    subject = next(about[name] for name in SUBJECTS if about.get(name))
    submission = getattr(subject, "submission", None)
    return {"label_id": submission.label_id if submission else subject.label_id, "submission": submission}


def _create(about: Mapping[str, Any], values: Mapping[str, Any], moment: datetime) -> None:
    is_mail = about["channel"] == Channel.EMAIL
    sent = {} if is_mail else {"outcome": Outcome.SENT, "sent_at": now()}
    delivery, is_new = Delivery.objects.get_or_create(
        **about, defaults={**values, **sent, "created_at": moment}
    )
    if is_new and is_mail:
        jobs.defer([SEND], delivery_id=delivery.pk)


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
