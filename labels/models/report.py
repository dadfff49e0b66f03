from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from labels.choices import Complaint
from labels.models.label import Label

OWN = settings.AUTH_USER_MODEL


class Report(models.Model):
    """A producer's complaint about a label. Only admins see it; the label is never told."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Complaint)
    text = models.TextField("what happened", max_length=2000)
    created_at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(OWN, models.PROTECT, null=True, editable=False, related_name="+")
    outcome = models.TextField("what we did", max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "reporter"], condition=Q(settled_at=None), name="report_one_open"
            )
        ]
        indexes = [
            # the admin's list, newest first
            models.Index(fields=["-created_at", "-id"], name="report_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.get_reason_display()}"


class BlockQuerySet(models.QuerySet["Block"]):
    def standing(self) -> Self:
        """Blocks that were not lifted."""
        return self.filter(lifted_at=None)

    def known_of(self, *, producer: int, label: int) -> "Block | None":
        """Return the block of a producer who is not anonymised, with who made it. One query."""
        return self.known().filter(label=label, producer=producer).first()

    def known(self) -> Self:
        """Standing blocks of producers who are not anonymised, with who made them."""
        return self.standing().filter(producer__anonymised_at=None).select_related("blocked_by")


class Block(models.Model):
    """A producer from whom a label takes no more demos. The producer is never told."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="blocks")
    producer = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    blocked_by = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    why = models.CharField("why, for the team", max_length=300, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(OWN, models.PROTECT, null=True, editable=False, related_name="+")

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["label", "producer"], condition=Q(lifted_at=None), name="block_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.producer} at {self.label}"
