from django.db import models
from django.db.models import F, Q

from kit.clock import now
from labels.models.label import Label


class Backlog(models.Model):
    """A time in which a label let many demos expire: it was warned, and closed to new ones until it had caught up.

    `expired` is how many had expired when it was warned. One that recovers after the warning is never closed.
    """

    label = models.ForeignKey(Label, models.PROTECT, related_name="backlogs")
    expired = models.PositiveIntegerField()
    warned_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["warned_at"]
        constraints = [
            models.UniqueConstraint("label", condition=Q(ended_at=None), name="backlog_one_at_a_time"),
            models.CheckConstraint(condition=Q(closed_at__gte=F("warned_at")), name="backlog_closed_later"),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("warned_at"))
                & (Q(closed_at=None) | Q(ended_at__gte=F("closed_at"))),
                name="backlog_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} from {self.warned_at:%Y-%m-%d}"
