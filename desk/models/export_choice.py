from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desk.choices import ExportFormat
from labels.models import Label


class ExportChoice(models.Model):
    """The columns and the format that a member chose last for exports of a desk."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    columns = ArrayField(models.CharField(max_length=40))
    format = models.CharField(max_length=10, choices=ExportFormat)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "user"], name="export_choice_once")]

    def __str__(self) -> str:
        return f"{self.format} for {self.user_id}"
