"""Releasing many prepared decisions at once: a bulk action, so that a report says what became of each."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import UUIDField
from django.http import QueryDict

from accounts.models import User
from activity.choices import BulkAct
from desk.bulk.orders import order
from desk.models import Bulk
from desk.outbox.selection import Picked
from labels.models import Label
from submissions.models import Submission


def key_of(said: QueryDict) -> UUID | None:
    """Return the key that a form carries, None where it carries none."""
    try:
        key: UUID = UUIDField().clean(said.get("key", ""))
    except ValidationError:
        return None
    return key


def order_release(chosen: Picked, *, label: Label, user: User, key: UUID) -> Bulk:
    """Order the release of what was read, in the order of the outbox; raises what `order` raises.

    Each is released only while it still says what was read.
    """
    numbers = [row.submission.pk for row in chosen.ready]
    rows = Submission.objects.at_desk(user, label).filter(pk__in=numbers).order_by("pk")
    details = {"fingerprints": chosen.fingerprints}
    return order(BulkAct.RELEASE, rows, label=label, user=user, key=key, details=details)
