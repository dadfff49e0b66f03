from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from recordings.choices import MatchHow
from recordings.models.recording import Recording
from submissions.models import Submission


class Candidate(models.Model):
    """A demo whose master a recording may be: a person picks. What was refused once is not offered again."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="candidates")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=MatchHow)
    created_at = models.DateTimeField(default=now, editable=False)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "submission"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(refused_by=None, refused_at=None)
                | Q(refused_by__isnull=False, refused_at__isnull=False),
                name="candidate_refused_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id} {self.submission_id}"
