"""Notifications of the demo's past."""

from datetime import timedelta

from django.db.models import F

from kit.clock import now
from notifications.choices import Channel
from notifications.models import Delivery

FRESH_DAYS = 3


def read_old_news() -> int:
    """Mark as read what people of the demo have had days to read; return how many."""
    unread = Delivery.objects.filter(channel=Channel.IN_APP, read_at=None)
    old = unread.filter(created_at__lt=now() - timedelta(days=FRESH_DAYS))
    return old.update(read_at=F("created_at") + timedelta(hours=6))
