from typing import Self

from django.db import models
from django.db.models import Q

from kit.clock import now
from labels.models.label import Label


class OfferTemplateQuerySet(models.QuerySet["OfferTemplate"]):
    def of(self, label: Label) -> Self:
        """A label's templates in use, by name."""
        return self.filter(label=label, retired_at=None).order_by("name", "id")


class OfferTemplate(models.Model):
    """Terms and a text that a label offers again; `text` may hold placeholders (`labels.reply_templates`).

    `terms` are those of `submissions.offers.terms`; offers made with it keep what they said.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="offer_templates")
    name = models.CharField(max_length=60)
    terms = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = OfferTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "name"], condition=Q(retired_at=None), name="offer_template_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
