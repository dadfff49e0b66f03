from typing import Self

from django.db import models

from kit.clock import now
from kit.codes import Coded, CodeField
from labels.models import Label


class SeriesQuerySet(models.QuerySet["Series"]):
    def of(self, label: Label) -> Self:
        """A label's series by name."""
        return self.filter(label=label).order_by("name", "id")


class Series(Coded):
    """A planned set of releases, its parts; `parts` is how many there will be, None where that is open."""

    code = CodeField(prefix="SE")
    label = models.ForeignKey(Label, models.PROTECT, related_name="series")
    name = models.CharField(max_length=120)
    note = models.TextField(max_length=2000, blank=True)
    parts = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["label", "name"], name="series_name_once")]

    def __str__(self) -> str:
        return self.name
