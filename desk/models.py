"""What the team keeps for itself."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from submissions.choices import Transition
from submissions.models import Event, Submission
from submissions.transition_table import PROPOSABLE


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        """Neither released nor discarded."""
        return self.filter(settled_at=None)

    def with_submission(self) -> Self:
        return self.select_related("submission__label", "prepared_by")


class Proposal(models.Model):
    """A decision that a reviewer prepared, waiting for a manager."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="team_proposals")
    transition = models.CharField(max_length=20, choices=[(name.value, name.label) for name in PROPOSABLE])
    turn = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=now)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="team_proposal")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("submission", condition=Q(settled_at=None), name="proposal_one_open"),
        ]
        indexes = [
            # the desk's list of proposals, oldest first
            models.Index(fields=["prepared_at", "id"], condition=Q(settled_at=None), name="proposal_open"),
        ]

    def __str__(self) -> str:
        return f"{self.transition} for {self.submission_id}"

    @property
    def verb(self) -> str:
        return Transition(self.transition).label
