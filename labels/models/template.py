from typing import Self

from django.db import models
from django.db.models import Q

from kit.clock import now
from labels.choices import Outcome
from labels.models.label import Label


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def of(self, label: Label, outcome: str = "") -> Self:
        """What a label uses today, for one outcome or for all, by outcome and name."""
        found = self.filter(label=label, retired_at=None)
        return (found.filter(outcome=outcome) if outcome else found).order_by("outcome", "name", "id")


class ReplyTemplate(models.Model):
    """What a label often says with a decision; `text` may hold placeholders.

    `reason` and `welcome` are the words of `submissions.choices`, for a pass alone.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="reply_templates")
    outcome = models.CharField(max_length=20, choices=Outcome)
    name = models.CharField(max_length=60)
    text = models.TextField(max_length=4000)
    reason = models.CharField(max_length=20, blank=True)
    welcome = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "outcome", "name"],
                condition=Q(retired_at=None),
                name="template_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
