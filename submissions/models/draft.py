from django.db import models

from kit.clock import now
from submissions.models.submission import Submission


class Draft(models.Model):
    """Answers and note that are not sent yet, of a submission or of its next revision."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="draft")
    answers = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)  # stamps of what was answered (`labels.questions.changes`)
    note = models.TextField(max_length=2000, blank=True)
    access_code = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField(default=now)
    saved_by = models.UUIDField(null=True, editable=False)  # the key of the page that saved it

    def __str__(self) -> str:
        return f"Draft of {self.submission}"

    @property
    def stamp(self) -> str:
        """The version of the draft, which its form carries."""
        return self.saved_at.isoformat() if self.pk else "new"
