"""What the demo's people settled of their notifications, and the digests that they got."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from demo.tables import read_toml
from kit.clock import at
from labels.models import Label
from notifications.digests import service
from notifications.models import AssignedOnly, Digest, KindChoice, Preferences

WEEKS, DAYS = 13, 6
EVENING = 20


def settle_notifications(people: Mapping[str, User]) -> None:
    """Choose hours, ways and exceptions as these people would."""
    data = read_toml("notifications")
    for each in data["times"]:
        Preferences.objects.create(person=people[each.pop("login")], **each)
    for each in data["choice"]:
        KindChoice.objects.create(
            person=people[each.pop("login")], label=_label(each.pop("label", "")), **each
        )
    for each in data["assigned_only"]:
        AssignedOnly.objects.create(person=people[each["login"]], label=Label.objects.get(slug=each["label"]))


def send_digests(today: datetime) -> int:
    """Send what waited for a digest before today, in one a week and lately one a day; return how many that were."""
    weeks = [today - timedelta(days=DAYS + 7 * ago) for ago in range(WEEKS, 0, -1)]
    days = [today - timedelta(days=ago) for ago in range(DAYS, 0, -1)]
    for day in [*weeks, *days]:
        with at(day.replace(hour=EVENING, minute=0)):
            service.make_due()
            for digest in Digest.objects.filter(day=day.date(), sent_at=None).order_by("pk"):
                service.send(digest.pk)
    return Digest.objects.exclude(sent_at=None).count()


def _label(slug: str) -> Label | None:
    return Label.objects.get(slug=slug) if slug else None
