"""Create deliveries with the jobs that mail them, and find mails that failed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit import jobs
from labels.models import Suspension
from notifications.audience_table import ChannelSet
from notifications.choices import Channel
from notifications.models import Delivery, Notice
from submissions.models import Event, SplitSheet

SEND = "notifications.send"


def deliver(
    people: Iterable[tuple[User, ChannelSet]],
    moment: datetime,
    *,
    event: Event | None = None,
    suspension: Suspension | None = None,
    is_end: bool = False,
    notice: Notice | None = None,
) -> None:
    """Create a delivery per person and channel unless it exists, and queue each new mail in the same transaction.

    Who acted has read of it.
    """
    about = {"event": event, "suspension": suspension, "is_end": is_end, "notice": notice}
    for person, channels in people:
        read_at = moment if event and event.actor_id == person.pk else None
        for channel in sorted(channels):
            delivery, is_new = Delivery.objects.get_or_create(
                **about, person=person, channel=channel, defaults={"created_at": moment, "read_at": read_at}
            )
            if is_new and channel == Channel.EMAIL:
                jobs.defer([SEND], delivery_id=delivery.pk)


def deliver_links(event: Event) -> int:
    """Create a mail for each share of the sheet that an event made, and queue it; return how many."""
    sheet = SplitSheet.objects.filter(event=event).first()
    lines = [line for line in sheet.lines.all() if line.can_be_mailed] if sheet else []
    for line in lines:
        about = {"event": event, "share": line, "channel": Channel.EMAIL}
        delivery, is_new = Delivery.objects.get_or_create(**about, defaults={"created_at": event.recorded_at})
        if is_new:
            jobs.defer([SEND], delivery_id=delivery.pk)
    return len(lines)


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
