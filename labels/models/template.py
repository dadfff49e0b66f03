from typing import Self

from django.db import models
from django.db.models import Q

from kit.clock import now
from labels.choices import ReplyPurpose
from labels.models.label import Label


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def of(self, label: Label, outcome: str = "") -> Self:
        """A label's templates in use, for one outcome or all, by outcome and name."""
        found = self.filter(label=label, retired_at=None)
        return (found.filter(outcome=outcome) if outcome else found).order_by("outcome", "name", "id")


class ReplyTemplate(models.Model):
    """A text for decisions; `text` may hold placeholders (`labels.reply_templates`).

    `reason` and `welcome` are values of `submissions.choices`, used only for a pass.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="reply_templates")
    outcome = models.CharField(max_length=20, choices=ReplyPurpose)
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
