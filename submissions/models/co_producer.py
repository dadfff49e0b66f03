import uuid
from typing import Self

from django.conf import settings
from django.db import models

from catalog.choices import CollaboratorRole
from kit.clock import now
from submissions.models.submission import Submission


class CoProducerQuerySet(models.QuerySet["CoProducer"]):
    def of(self, submission: Submission) -> Self:
        """A submission's co-producers, in the order of their numbers."""
        return self.filter(submission=submission).order_by("number")

    def with_submission(self) -> Self:
        return self.select_related("submission__label", "submission__producer")


class CoProducer(models.Model):
    """Somebody named on the track who was invited to follow a submission: its states and dates, and nothing else.

    One row and one link for each address, which also confirms a share. Once ended, the link is dead for good.
    """

    # no index of its own: the constraint begins with the same column
    submission = models.ForeignKey(Submission, models.PROTECT, db_index=False, related_name="co_producers")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=CollaboratorRole)
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invited_at = models.DateTimeField(default=now, editable=False)
    mailed_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)
    followed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = CoProducerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="co_producer_number"),
            models.UniqueConstraint(fields=["submission", "email"], name="co_producer_once"),
        ]
        indexes = [
            # what an account's addresses may follow
            models.Index(fields=["email"], name="co_producer_email"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} co-producer {self.number}"

    @property
    def is_following(self) -> bool:
        return self.followed_at is not None and self.ended_at is None
