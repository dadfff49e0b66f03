"""How deliveries come to be: each with the job that mails it, in one transaction."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from kit import jobs
from labels.models import Suspension
from notifications.audience_table import Channels
from notifications.choices import Channel
from notifications.models import Delivery, Notice
from submissions.models import Event

SEND = "notifications.send"


def deliver(
    people: Iterable[tuple[User, Channels]],
    moment: datetime,
    *,
    event: Event | None = None,
    suspension: Suspension | None = None,
    is_end: bool = False,
    notice: Notice | None = None,
) -> None:
    """Write a delivery per person and channel where there is none, and queue each new mail with it."""
    about = {"event": event, "suspension": suspension, "is_end": is_end, "notice": notice}
    for person, channels in people:
        for channel in sorted(channels):
            delivery, is_new = Delivery.objects.get_or_create(
                **about, person=person, channel=channel, defaults={"created_at": moment}
            )
            if is_new and channel == Channel.EMAIL:
                jobs.defer([SEND], delivery_id=delivery.pk)
