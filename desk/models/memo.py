from typing import Self

from django.conf import settings
from django.db import models

from kit.clock import now
from submissions.models import Submission


class MemoQuerySet(models.QuerySet["Memo"]):
    def of(self, submission: Submission) -> Self:
        """What the team wrote about a submission, the last memo first."""
        return self.filter(submission=submission).select_related("author").order_by("-id")


class Memo(models.Model):
    """What a member wrote for the team alone; never changed, never taken back."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="team_memos")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    key = models.UUIDField()
    written_at = models.DateTimeField(default=now, editable=False)

    objects = MemoQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "key"], name="memo_once")]
        indexes = [
            # a submission's memos, the last one first
            models.Index(fields=["submission", "-id"], name="memo_of_submission")
        ]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.submission_id}"
