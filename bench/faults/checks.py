"""What must hold once everything has come to rest."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from bench.faults.lives import WITHOUT_EVENT, Life, address_of
from bench.faults.load import Acknowledged
from bench.faults.site import Site

PATIENCE = 240
"""Seconds that the workers have to do everything that is due."""
SILENT = 12
"""Seconds after which a worker without a heartbeat counts as dead; each sends one every ten."""
AGE = """
UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'
WHERE last_heartbeat < now() - %s * interval '1 second'
"""
DUE = "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND attempts > 0"
UNTOLD = """
SELECT count(*) FROM submissions_event AS event
LEFT JOIN notifications_announcement AS announced ON announced.event_id = event.id
WHERE announced.id IS NULL OR announced.told <>
    (SELECT count(*) FROM notifications_delivery AS told WHERE told.event_id = event.id)
"""


@dataclass(frozen=True)
class Wrong:
    """Something that must not be, in a sentence."""

    sentence: str


def wait_for_jobs(site: Site) -> None:
    """Wait until nothing that is due is left; jobs of dead workers and those to be tried again are due at once."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # lazy: needs Django set up

    from kit import jobs  # lazy: as above
    from kit.clock import now  # lazy: as above
    from trackflow.tasks import RETRY_STALLED  # lazy: as above

    later = Q(status="todo", attempts=0, scheduled_at__gt=now() + timedelta(minutes=2))
    end, next_look = time.monotonic() + PATIENCE, 0.0
    open_jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    while open_jobs.exclude(later).exists():
        assert time.monotonic() < end, f"Not done: {Counter(open_jobs.values_list('task_name', 'status'))}"
        if time.monotonic() > next_look:
            next_look = time.monotonic() + 2
            site.as_owner(AGE, SILENT)
            site.as_owner(DUE)
            jobs.defer_once(RETRY_STALLED, once=RETRY_STALLED, priority=10)
        time.sleep(0.3)


def count_of(each: Acknowledged) -> int:
    """Return how often what was acknowledged is there."""
    from desk.models import Memo  # lazy: needs Django set up
    from notifications.models import RefusedAddress  # lazy: as above
    from submissions.models import Event, Message  # lazy: as above

    word, key = each.step.word, each.step.key
    if word == "bounce":
        return RefusedAddress.objects.filter(address=address_of(key)).count()
    kinds: dict[str, Any] = {"memo": Memo, "question": Message, "message": Message}
    rows = kinds.get(word, Event).objects.filter(key=key)
    if word not in WITHOUT_EVENT:
        rows = rows.filter(transition=word, submission__reference=each.step.reference)
    return int(rows.count())


def wrong_histories(lives: Iterable[Life]) -> Iterator[Wrong]:
    """Yield what differs between what was acknowledged and the whole history of a demo, and each fault of it."""
    from submissions.models import Event  # lazy: needs Django set up
    from submissions.verification import faults  # lazy: as above

    for life in lives:
        events = Event.objects.filter(submission=life.draft.pk).order_by("sequence")
        found = list(events.values_list("transition", flat=True))
        if found != life.done:
            yield Wrong(f"{life.draft.reference}: {life.done} was acknowledged, {found} is there.")
    for fault in faults([life.draft.reference for life in lives]):
        yield Wrong(f"{fault.reference}: {fault.sentence}")


def wrong_notices(site: Site) -> Iterator[Wrong]:
    """Yield notices that are missing, and jobs that failed."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # lazy: needs Django set up

    from notifications.choices import Channel, DeliveryStatus  # lazy: as above
    from notifications.models import Delivery  # lazy: as above

    ((untold,),) = site.as_owner(UNTOLD)
    if untold:
        yield Wrong(f"{untold} events were not told as they must be.")
    waiting = Delivery.objects.filter(channel=Channel.EMAIL, outcome=DeliveryStatus.WAITING).count()
    if waiting:
        yield Wrong(f"{waiting} mails were never sent.")
    for task, count in Counter(
        ProcrastinateJob.objects.filter(status="failed").values_list("task_name", flat=True)
    ).items():
        yield Wrong(f"{count} jobs failed: {task}.")
    sent = set(
        Delivery.objects.filter(channel=Channel.EMAIL, outcome=DeliveryStatus.SENT).values_list(
            "pk", flat=True
        )
    )
    arrived = {number_of(name) for name, _ in list(site.mail.office.yes) if "<delivery-" in name}
    if sent - arrived:
        yield Wrong(f"{len(sent - arrived)} mails are marked as sent and never arrived.")
    if arrived - sent:
        yield Wrong(f"{len(arrived - sent)} mails arrived and are not marked as sent.")


def wrong_messages(acknowledged: Sequence[Acknowledged]) -> Iterator[Wrong]:
    """Yield messages whose reader has no delivery of it."""
    from notifications.models import Delivery  # lazy: needs Django set up
    from submissions.models import Message  # lazy: as above

    keys = [each.step.key for each in acknowledged if each.step.word in ("question", "message")]
    told = set(Delivery.objects.filter(message__key__in=keys).values_list("message__key", flat=True))
    for message in Message.objects.filter(key__in=keys):
        if message.key not in told:
            yield Wrong(f"Message {message.pk} was not told.")


def number_of(name: str) -> int:
    """Return the delivery that a Message-ID names."""
    return int(name.partition("-")[2].partition("@")[0].partition(".")[0])
