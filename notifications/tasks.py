"""The worker's part: write down who is told of what, then tell them.

Each step may be run again: a `Delivery` is unique, and a sent one is not sent twice.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from accounts.models import User
from kit import clock, jobs
from labels.models import Suspension
from notifications import mail
from notifications.audience import listeners, listeners_to, may_still_hear
from notifications.audience_table import FULLY, Channels
from notifications.choices import Channel
from notifications.models import Delivery
from submissions.models import Event

SEND = "notifications.send"
RETRY = RetryStrategy(max_attempts=8, exponential_wait=5)  # from 5 seconds to 4 days: a week in all


@app.task(name="notifications.announce", retry=RETRY)
def announce(*, event_id: int) -> None:
    """Tell people of an event."""
    people = Event.objects.select_related("submission__producer")
    event = people.get(pk=event_id)
    with transaction.atomic():
        _tell(listeners(event).items(), event.recorded_at, event=event)


@app.task(name="notifications.announce_suspension", retry=RETRY)
def announce_suspension(*, suspension_id: int) -> None:
    """Tell producers that a label is suspended, and when that is over."""
    suspension = Suspension.objects.get(pk=suspension_id)
    with transaction.atomic():
        for is_end, moment in ((False, suspension.started_at), (True, suspension.ended_at)):
            if moment:
                people = listeners_to(suspension, is_end=is_end)
                told = [(person, FULLY) for person in people]
                _tell(told, moment, suspension=suspension, is_end=is_end)


@app.task(name=SEND, retry=RETRY)
def send(*, delivery_id: int) -> None:
    """Mail one delivery, unless it was sent or its person may no longer know.

    The row stays locked until the mail server has answered; if it fails, the delivery stays unsent and the
    job is tried again.
    """
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).with_subject().select_related("person")
        delivery = rows.get(pk=delivery_id)
        if delivery.sent_at or not may_still_hear(delivery):
            return
        mail.build(delivery).send()
        delivery.sent_at = clock.now()
        delivery.save(update_fields=["sent_at"])


def _tell(
    people: Iterable[tuple[User, Channels]],
    moment: datetime,
    *,
    event: Event | None = None,
    suspension: Suspension | None = None,
    is_end: bool = False,
) -> None:
    """Write a delivery per person and channel where there is none, and queue each new mail with it."""
    about = {"event": event, "suspension": suspension, "is_end": is_end}
    for person, channels in people:
        for channel in sorted(channels):
            delivery, is_new = Delivery.objects.get_or_create(
                **about, person=person, channel=channel, defaults={"created_at": moment}
            )
            if is_new and channel == Channel.EMAIL:
                jobs.defer([SEND], delivery_id=delivery.pk)
