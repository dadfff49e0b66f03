"""Mails stopped by a link; in the app all stays as it was."""

from typing import Any

from django.db import transaction

from accounts.models import User
from notifications.choices import Way
from notifications.kind_table import KINDS, Kind
from notifications.models import KindChoice
from notifications.preferences.service import one_at_a_time, way_at
from notifications.unsubscribe.links import Stop

MAILED = (Way.AT_ONCE, Way.DIGEST)


@transaction.atomic
def stop(asked: Stop) -> None:
    """Show a kind in the app only from now on, at a label or at all; without a kind all that comes in a digest."""
    one_at_a_time(asked.person)
    if asked.kind is None:
        _stop_digest(asked.person)
    elif way_at(asked.person, asked.kind, asked.label) in MAILED:
        _show_only(asked.person, asked.kind, asked.label)


def _stop_digest(person: User) -> None:
    for kind in KINDS.values():
        if way_at(person, kind, None) == Way.DIGEST:
            _show_only(person, kind, None)
    KindChoice.objects.filter(person=person, way=Way.DIGEST).update(way=Way.APP)


def _show_only(person: User, kind: Kind, label: object) -> None:
    place: dict[str, Any] = {"person": person, "side": kind.side, "kind": kind.key, "label": label}
    KindChoice.objects.update_or_create(**place, defaults={"way": Way.APP})
