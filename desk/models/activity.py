from typing import Any, Self

from django.conf import settings
from django.db import models

from accounts.models import User
from desk.choices import Doing
from kit.clock import now
from labels.models import Label
from submissions.models import Submission


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, submission: Submission) -> Self:
        """What the team did with a submission among themselves, the last first."""
        return self.filter(submission=submission).select_related("actor").order_by("-id")

    def for_desk(self, user: User, label: Label) -> Self:
        """What a member may read of a label's log, the last first: nothing about their own submissions."""
        seen = self.filter(label=label).exclude(submission__producer=user)
        return seen.select_related("actor", "submission").order_by("-id")


class Activity(models.Model):
    """One append-only row of the team's own log; the producer never sees any of it."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="team_activities")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="team_activities")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    doing = models.CharField(max_length=12, choices=Doing)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    at = models.DateTimeField(default=now, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            # a submission's log, and a label's, the last row first
            models.Index(fields=["submission", "-id"], name="activity_of_submission"),
            models.Index(fields=["label", "-id"], name="activity_of_label"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.doing} {self.submission_id}"
