from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models

from accounts.models import User
from kit.clock import now
from submissions.models import Submission

STAYS = timedelta(seconds=45)
"""How long a member counts as present after the last ping of their page; pages ping every 15 seconds."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self) -> Self:
        """Those whose page pinged recently."""
        return self.filter(seen_at__gt=now() - STAYS)

    def gone(self) -> Self:
        return self.filter(seen_at__lte=now() - STAYS)

    def others_than(self, user: User) -> Self:
        """Everybody but this member, with their users."""
        return self.exclude(user=user).select_related("user").order_by("user__name", "user_id")


class Presence(models.Model):
    """Who of the team has a submission open."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="team_presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "user"], name="presence_once")]
        indexes = [
            # deleting those who left
            models.Index(fields=["seen_at"], name="presence_seen")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.submission_id}"
