from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from submissions.models.event import Event
from submissions.models.submission import Submission


class Revision(models.Model):
    """The n-th frozen copy of a submission's metadata and answers; append-only except for redaction."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="revision")
    copy = models.JSONField()
    answers = models.JSONField(default=list)
    salts = models.BinaryField()
    digest = models.BinaryField()
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="revision_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_from_one"),
        ]
        indexes = [
            # whether a question was answered
            GinIndex(fields=["answers"], opclasses=["jsonb_path_ops"], name="revision_answers"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} revision {self.number}"
