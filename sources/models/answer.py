from typing import Any

from django.db import models

from kit.clock import now
from sources.choices import Source


class AnswerQuerySet(models.QuerySet["Answer"]):
    def kept(self, source: Source, question: str) -> "Answer | None":
        """Return the answer to a question while it may be believed."""
        return self.filter(source=source, question=question, expires_at__gt=now()).first()

    def expired(self) -> "AnswerQuerySet":
        return self.filter(expires_at__lte=now())


class Answer(models.Model):
    """What a source said, kept so that it is not asked again. `body` is null where it knew nothing.

    `question` is a digest: whose song somebody looked for is written nowhere.
    """

    source = models.CharField(max_length=20, choices=Source)
    question = models.CharField(max_length=64)
    body: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    got_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "question"], name="answer_once")]
        indexes = [models.Index(fields=["expires_at"], name="answer_expired")]  # deleted every night

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.got_at:%Y-%m-%d %H:%M}"
