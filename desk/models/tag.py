from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from desk.choices import Hue
from labels.models import Label


class TagQuerySet(models.QuerySet["Tag"]):
    def of(self, label: Label) -> Self:
        """The tags a label uses today, by name."""
        return self.filter(label=label, retired_at=None).order_by(Lower("name"), "id")


class Tag(models.Model):
    """A word with a colour that the team puts on submissions (`Submission.team_tags` holds ids)."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="team_tags")
    name = models.CharField(max_length=30)
    hue = models.CharField("colour", max_length=10, choices=Hue)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "label", Lower("name"), condition=Q(retired_at=None), name="tag_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
