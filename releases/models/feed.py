import uuid
from typing import Self

from django.conf import settings
from django.db import models

from accounts.models import User
from kit.clock import now
from labels.models import Label


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def of(self, user: User, label: Label) -> Self:
        """A member's addresses at a label that were not revoked; at most one."""
        return self.filter(user=user, label=label, revoked_at=None)


class CalendarFeed(models.Model):
    """A member's calendar of a label's releases at a secret address, which is made of the nonce."""

    label = models.ForeignKey(Label, models.PROTECT, db_index=False, related_name="calendar_feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feeds")
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "user"], condition=models.Q(revoked_at=None), name="calendar_feed_once"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.label} for {self.user}"
