from typing import Self

from django.db import models
from django.db.models import Q

from kit.clock import now
from labels.choices import DeliverableKind
from labels.models.label import Label


class DeliverableTemplateQuerySet(models.QuerySet["DeliverableTemplate"]):
    def of(self, label: Label) -> Self:
        """A label's list in use, by name."""
        return self.filter(label=label, retired_at=None).order_by("name", "id")


class DeliverableTemplate(models.Model):
    """Something that a label usually asks of a producer for a record, and the days they have for it."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="deliverable_templates")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=DeliverableKind, default=DeliverableKind.LINK)
    instructions = models.TextField(max_length=1000, blank=True)
    days = models.PositiveSmallIntegerField("days to hand it in", default=14)
    created_at = models.DateTimeField(default=now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = DeliverableTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "name"], condition=Q(retired_at=None), name="deliverable_template_name_once"
            ),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=365), name="deliverable_template_days"),
        ]

    def __str__(self) -> str:
        return self.name
