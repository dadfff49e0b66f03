from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from labels.choices import DeliverableKind
from submissions.choices import DeliverableState
from submissions.models.event import Event
from submissions.models.link_check import LinkCheckColumns
from submissions.models.submission import Submission
from submissions.transition_table import MADE

OPEN = (DeliverableState.ASKED, DeliverableState.HANDED_IN)


class DeliverableQuerySet(models.QuerySet["Deliverable"]):
    def of(self, submission: Submission) -> Self:
        """What was asked for, in its order."""
        return self.filter(submission=submission).order_by("number")

    def open(self) -> Self:
        """Neither approved nor waived."""
        return self.filter(state__in=OPEN)

    def late(self, moment: datetime) -> Self:
        """Past its due time, while the record is being made."""
        return self.filter(due_at__lte=moment, submission__state__in=MADE)


class Deliverable(models.Model):
    """One thing that a label asks of a producer: a link, a text, or personal data.

    It changes only with an event, the last of which is `event`; `value` is what was handed in last, under `digest`.
    Personal values are for managers and owners alone, and in no export.
    """

    # no index of its own: the constraint begins with the same column
    submission = models.ForeignKey(Submission, models.PROTECT, db_index=False, related_name="deliverables")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=DeliverableKind)
    name = models.CharField(max_length=120)
    instructions = models.TextField(blank=True)
    asked = models.ForeignKey(Event, models.PROTECT, related_name="asked_deliverables")
    event = models.ForeignKey(Event, models.PROTECT, related_name="changed_deliverables")
    state = models.CharField(max_length=10, choices=DeliverableState, default=DeliverableState.ASKED)
    due_at = models.DateTimeField(null=True)
    value = models.JSONField(default=dict)
    salt = models.BinaryField(default=bytes)
    digest = models.BinaryField(default=bytes)
    reminded_at = models.DateTimeField(null=True)

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="deliverable_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="deliverable_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_at__isnull=False) | (~Q(state__in=OPEN) & Q(due_at=None)),
                name="deliverable_due_while_open",
            ),
        ]
        indexes = [
            # what is late
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="deliverable_due"),
        ]

    def __str__(self) -> str:
        return self.name or f"Item {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_personal(self) -> bool:
        return self.kind == DeliverableKind.PERSONAL

    @property
    def digest_hex(self) -> str:
        return bytes(self.digest).hex()

    @property
    def url(self) -> str:
        """The link that was handed in, "" if there is none."""
        return str(self.value.get("url", "")) if self.kind == DeliverableKind.LINK else ""

    def said(self) -> dict[str, Any]:
        """Return what the digest of its value covers."""
        return {"kind": self.kind, "value": self.value}


class DeliverableLink(LinkCheckColumns):
    """The last check of the link that was handed in for a deliverable; a dead one stops no clock."""

    deliverable = models.OneToOneField(Deliverable, models.CASCADE, related_name="link_check")
    is_dead = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.deliverable}: {self.outcome}"
