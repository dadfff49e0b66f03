"""Daily digests: who is due one, made together with its deliveries in one transaction, and sent by a job.

A digest is sent on its own day or not at all: what it could not tell is told by the next one, so that nobody gets two
on one day.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Aggregate, Max, Min, QuerySet

from accounts.models import User
from kit import jobs
from kit.clock import now
from notifications.audience import may_receive_of
from notifications.choices import DeliveryStatus, Way
from notifications.digests import digest_mail
from notifications.models import Delivery, Digest, Preferences
from notifications.preferences.service import ways_of

SEND_DIGEST = "notifications.send_digest"
MOST = 500
"""Notifications in one digest; what is left comes with the next."""


def make_due() -> int:
    """Make a digest for everybody for whom something waited when their hour came today; return how many."""
    oldest = _by_person(Delivery.objects.for_digest().filter(created_at__lte=now()), Min("created_at"))
    last = _by_person(Digest.objects.filter(person__in=oldest), Max("day"))
    people = User.objects.filter(pk__in=oldest, is_active=True).select_related("notification_preferences")
    return sum(
        make(person, day)
        for person in people.order_by("pk")
        if (day := _day_due(person, oldest[person.pk])) and last.get(person.pk, date.min) < day
    )


def _by_person(rows: QuerySet[Any], value: Aggregate) -> dict[int, Any]:
    return dict(rows.order_by().values_list("person").annotate(value))


def _day_due(person: User, oldest: datetime) -> date | None:
    """Return today if the hour of its digest is over, came after what waits longest, and is not quiet now."""
    chosen, local = _preferences(person), now().astimezone(person.zone)
    hour = local.replace(hour=chosen.digest_hour, minute=0, second=0, microsecond=0)
    return local.date() if oldest <= hour <= local and not chosen.is_quiet(local.hour) else None


@transaction.atomic
def make(person: User, day: date) -> bool:
    """Make the digest of a person's day with all that waits for one and queue its mail; False if there is one."""
    unsent = Digest.objects.select_for_update(of=("self",)).filter(person=person, sent_at=None)
    list(unsent.order_by("pk"))  # waits for one that is being sent
    waiting = Delivery.objects.for_digest().filter(person=person, created_at__lte=now())
    told = list(waiting.order_by("created_at", "pk").values_list("pk", flat=True)[:MOST])
    if not told:
        return False
    digest, is_new = Digest.objects.get_or_create(person=person, day=day)
    if is_new:
        Delivery.objects.filter(pk__in=told).update(digest=digest)
        jobs.defer([SEND_DIGEST], digest_id=digest.pk)
    return is_new


@transaction.atomic
def send(digest_id: int) -> None:
    """Send a digest, unless it was sent or its day is over; the row stays locked until the mail server answered."""
    rows = Digest.objects.select_for_update(of=("self",)).select_related("person__notification_preferences")
    digest = rows.get(pk=digest_id)
    person, moment = digest.person, now()
    if digest.sent_at or moment.astimezone(person.zone).date() != digest.day:
        return
    if until := _preferences(person).quiet_end(moment):
        jobs.defer_later(SEND_DIGEST, until, digest_id=digest.pk)
        return
    told = _drop_unwanted(person, list(digest.deliveries.with_subject().order_by("created_at", "pk")))
    if told:
        digest_mail.build(digest, told).send()
        digest.sent_at = now()
        digest.save(update_fields=["sent_at"])
        Delivery.objects.filter(pk__in=[each.pk for each in told]).update(sent_at=digest.sent_at)


def _drop_unwanted(person: User, deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Switch off what the person may not get or does not want by mail any more; return the others."""
    allowed = may_receive_of(person, deliveries)
    ways = ways_of(allowed)
    wanted = [each for each, way in zip(allowed, ways, strict=True) if way in (Way.DIGEST, Way.AT_ONCE)]
    keep = {each.pk for each in wanted}
    gone = [each.pk for each in deliveries if each.pk not in keep]
    Delivery.objects.filter(pk__in=gone).update(outcome=DeliveryStatus.OFF, digest=None)
    return wanted


def _preferences(person: User) -> Preferences:
    return getattr(person, "notification_preferences", None) or Preferences(person=person)
