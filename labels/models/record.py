from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from labels.models.label import Label

UNKNOWN_SHARE, UNKNOWN_HOURS = Decimal(-1), 2_147_483_647
"""Replace unknown values in an order, so that they sort last."""


class ResponseRecord(models.Model):
    """How a label has answered recently; only `insights` writes it.

    Every verified label has one, empty at first. `sample` counts the demos answered or due between `since` and
    `computed_at`. `in_time_share` (percent) and the times are None while there are too few demos. Hours are
    rounded up.
    """

    label = models.OneToOneField(Label, models.PROTECT, primary_key=True, related_name="record")
    since = models.DateTimeField()
    computed_at = models.DateTimeField()
    sample = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)
    lapsed = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    noted = models.PositiveIntegerField("answered with words of their own", default=0)
    in_time_share = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    median_hours = models.PositiveIntegerField(null=True)
    p90_hours = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            # the directory: by share answered in time, then by number of demos
            models.Index(
                Coalesce("in_time_share", Value(UNKNOWN_SHARE)).desc(),
                F("sample").desc(),
                F("label").desc(),
                name="record_by_promise",
            ),
            # the directory: fastest median first
            models.Index(
                Coalesce("median_hours", Value(UNKNOWN_HOURS)), F("label").asc(), name="record_by_speed"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered__lte=F("sample"), in_time__lte=F("answered")),
                name="record_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label_id}: {self.in_time} of {self.sample} in time"
