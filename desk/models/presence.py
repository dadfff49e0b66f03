from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models

from kit.clock import now
from submissions.models import Submission

STAYS = timedelta(seconds=45)
"""How long somebody counts as being there after their page last said so; pages say it every 15 seconds."""


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self) -> Self:
        return self.filter(seen_at__gt=now() - STAYS)


class Presence(models.Model):
    """Who of the team has a submission open."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="team_presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "user"], name="presence_once")]
        indexes = [
            # sweeping up those who left
            models.Index(fields=["seen_at"], name="presence_seen")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.submission_id}"
