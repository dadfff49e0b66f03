from django.db import models
from django.db.models import Q

from labels.models.label import Label


class ResponseRecord(models.Model):
    """How a label has answered of late; written by `insights` alone, read before a producer sends.

    `sample` counts the demos whose answer came or fell due between `since` and `computed_at`. `answered_share`
    and the times are None while the sample is too small to say anything. Hours are whole, rounded up.
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
            # the directory: who keeps their promise, who answers soonest
            models.Index(fields=["-in_time_share", "label"], name="record_by_promise"),
            models.Index(fields=["median_hours", "label"], name="record_by_speed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered__lte=models.F("sample"), in_time__lte=models.F("answered")),
                name="record_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label_id}: {self.in_time} of {self.sample} in time"
