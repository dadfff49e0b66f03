from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from submissions.choices import ActorRole, MessageSide
from submissions.models.submission import Submission

OWN = settings.AUTH_USER_MODEL
WRITERS = (ActorRole.PRODUCER, ActorRole.OWNER, ActorRole.MANAGER, ActorRole.REVIEWER)


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, submission: Submission) -> Self:
        """A submission's messages, oldest first."""
        return self.filter(submission=submission).select_related("author", "acted_by").order_by("id")

    def said(self) -> Self:
        """Messages with words, which both sides see."""
        return self.filter(is_silent=False)

    def count_new(self) -> Coalesce:
        """For annotating submissions: how many messages of the label its producer has not read."""
        readings = MessageReading.objects.filter(
            submission=OuterRef("submission"),
            person=OuterRef("submission__producer"),
            read_up_to__gte=OuterRef("pk"),
        )
        new = self.said().filter(~Exists(readings), submission=OuterRef("pk"), side=MessageSide.LABEL)
        counts = new.order_by().values("submission").annotate(count=Count("pk")).values("count")
        return Coalesce(Subquery(counts), 0)


class Message(models.Model):
    """One append-only row of the conversation between producer and label; outside the history's chain.

    A redaction empties its text. A silent one has no words: a member marked the question as answered, and only the
    team sees it. Ids rise within a submission.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, db_index=False, related_name="messages")
    side = models.CharField(max_length=10, choices=MessageSide)
    author = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    acted_by = models.ForeignKey(OWN, models.PROTECT, null=True, related_name="+")
    actor_role = models.CharField(max_length=12, choices=[(role.value, role.label) for role in WRITERS])
    text = models.TextField(blank=True)
    is_silent = models.BooleanField("without words, for the team", default=False)
    key = models.UUIDField()
    written_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "key"], name="message_once"),
            models.CheckConstraint(
                condition=Q(side=MessageSide.PRODUCER, actor_role=ActorRole.PRODUCER, is_silent=False)
                | Q(side=MessageSide.LABEL, actor_role__in=WRITERS[1:]),
                name="message_side",
            ),
            models.CheckConstraint(
                condition=Q(is_silent=True, text="")
                | Q(is_silent=False, redacted_at=None) & ~Q(text="")
                | Q(is_silent=False, redacted_at__isnull=False, text=""),
                name="message_says_something",
            ),
        ]
        indexes = [
            # a submission's conversation, and the last message of a side
            models.Index(fields=["submission", "id"], name="message_of"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} message {self.pk}"

    @property
    def actor(self) -> User:
        """Its author, as an event calls them."""
        return self.author

    @property
    def is_of_label(self) -> bool:
        return self.side == MessageSide.LABEL


class MessageReading(models.Model):
    """How far a person has read a submission's messages, and whether they are told of new ones."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, db_index=False, related_name="message_readings"
    )
    person = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    read_up_to = models.BigIntegerField(default=0)
    is_muted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="message_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.submission_id} up to {self.read_up_to}"
