from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from activity.choices import BulkAct
from desk.choices import BulkResult
from kit.clock import now
from kit.codes import Coded, CodeField
from labels.models import Label
from submissions.models import Event, Submission

OWN = settings.AUTH_USER_MODEL


class BulkQuerySet(models.QuerySet["Bulk"]):
    def of(self, label: Label) -> Self:
        """A label's bulk actions, the last first."""
        return self.filter(label=label).select_related("ordered_by").order_by("-id")

    def for_desk(self, user: User, label: Label) -> Self:
        """Those a member may see, the last first: none that is about their own submissions alone."""
        others = BulkItem.objects.filter(bulk=OuterRef("pk")).exclude(submission__producer=user)
        return self.of(label).filter(Exists(others))

    def unfinished(self) -> Self:
        return self.filter(ended_at=None)


class Bulk(Coded):
    """One action on many submissions; a job performs it on each in its own transaction.

    Its submissions are fixed when it is ordered. `details` are the values of the action's form.
    """

    code = CodeField(prefix="BU")
    label = models.ForeignKey(Label, models.PROTECT, related_name="team_bulks")
    ordered_by = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=BulkAct)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    key = models.UUIDField(unique=True)
    total = models.PositiveIntegerField()
    ordered_at = models.DateTimeField(default=now, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(OWN, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = BulkQuerySet.as_manager()

    class Meta:
        indexes = [
            # a label's bulk actions, the last first
            models.Index(fields=["label", "-id"], name="bulk_of_label"),
            # those that a dead worker left unfinished
            models.Index(fields=["ordered_at"], condition=Q(ended_at=None), name="bulk_unfinished"),
        ]

    def __str__(self) -> str:
        return self.code


class BulkItem(models.Model):
    """One submission of a bulk action, with the result."""

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="items")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="team_bulk_items")
    turn = models.PositiveIntegerField()
    result = models.CharField(max_length=10, choices=BulkResult, default=BulkResult.WAITING)
    because = models.CharField(max_length=300, blank=True)
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="team_bulk_item")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "submission"], name="bulk_item_once")]
        indexes = [
            # submissions left to do, and the report
            models.Index(fields=["bulk", "result", "id"], name="bulk_item_by_result")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} in {self.bulk_id}: {self.result}"
