"""What events add up to: rows that only `facts` writes, and that can be made anew at any time."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

from accounts.models import User
from labels.models import Intake, Label
from releases.models import Release
from steps.choices import Area
from submissions.choices import Reason, State
from submissions.models import Submission
from submissions.transition_table import WAITING

OWN = settings.AUTH_USER_MODEL
SUMMED = ["producer", "state", "reason", "genre", "country", "band", "intake", "opened_by", "is_in_time"]
SUMMED += ["opened_at", "answered_at", "lapsed_at", "opening_hours", "answering_hours"]


SETTLED = Least("answered_at", "lapsed_at")
"""When the label first answered or was first silent for too long."""


class FactsQuerySet(models.QuerySet["SubmissionFacts"]):
    def at(self, label: Label) -> Self:
        return self.filter(label=label)

    def but_of(self, user: User) -> Self:
        """Those of everybody else: nobody judges their own."""
        return self.exclude(producer=user)

    def settled_in(self, since: datetime, moment: datetime) -> Self:
        """First answered or let go after a moment and up to another; `settled_at` says when."""
        return self.annotate(settled_at=SETTLED).filter(settled_at__gt=since, settled_at__lte=moment)

    def owed(self) -> Self:
        """The label has the ball and has never answered."""
        return self.filter(answered_at=None, lapsed_at=None, state__in=sorted(WAITING))


class SubmissionFacts(models.Model):
    """What became of one sent submission, as its events and its last revision say."""

    submission = models.OneToOneField(
        Submission, models.CASCADE, primary_key=True, related_name="facts", editable=False
    )
    label = models.ForeignKey(Label, models.PROTECT, db_index=False, related_name="+")
    producer = models.ForeignKey(OWN, models.PROTECT, db_index=False, related_name="+")
    intake = models.ForeignKey(Intake, models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=20, choices=State)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(OWN, models.PROTECT, null=True, db_index=False, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=20, blank=True)  # a transition
    is_noted = models.BooleanField("answered with words", default=False)
    lapsed_at = models.DateTimeField(null=True)
    is_in_time = models.BooleanField(null=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    opening_hours = models.PositiveSmallIntegerField(null=True)
    answering_hours = models.PositiveSmallIntegerField(null=True)
    released_at = models.DateTimeField(null=True)
    releasing_hours = models.PositiveSmallIntegerField("hours from signing to release", null=True)
    genre = models.CharField(max_length=60, blank=True)
    band = models.PositiveSmallIntegerField("slowest tempo of its band", null=True)
    country = models.CharField(max_length=2, blank=True)

    objects = FactsQuerySet.as_manager()

    class Meta:
        indexes = [
            # those received in a span, added up without a look at the rows
            models.Index(fields=["label", "received_at"], include=SUMMED, name="facts_received"),
            # what happened in a span
            models.Index(fields=["label", "opened_at"], include=["producer"], name="facts_opened"),
            models.Index(fields=["label", "answered_at"], include=["producer"], name="facts_answered"),
            models.Index(
                fields=["label", "lapsed_at"],
                include=["producer"],
                condition=Q(lapsed_at__isnull=False),
                name="facts_lapsed",
            ),
            # what came out in a span, and how long that took
            models.Index(
                fields=["label", "released_at"],
                include=["producer", "releasing_hours"],
                condition=Q(released_at__isnull=False),
                name="facts_released",
            ),
            # a reader's own, which do not count; a producer's pattern over labels
            models.Index(fields=["producer", "label", "received_at"], name="facts_own"),
            # the response record: what was answered or let go, and what is late
            models.Index(F("label"), SETTLED, name="facts_settled"),
            models.Index(
                fields=["label", "due_at"],
                condition=Q(answered_at=None, lapsed_at=None),
                name="facts_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} at {self.label_id}"


class ReleaseFacts(models.Model):
    """What became of one release, as its events say: when it came out, and the first date that it ever had."""

    release = models.OneToOneField(
        Release, models.CASCADE, primary_key=True, related_name="facts", editable=False
    )
    label = models.ForeignKey(Label, models.PROTECT, db_index=False, related_name="+")
    out_at = models.DateTimeField(null=True)
    first_on = models.DateField(null=True)

    class Meta:
        indexes = [
            # what came out in a span
            models.Index(
                fields=["label", "out_at"],
                include=["first_on"],
                condition=Q(out_at__isnull=False),
                name="release_facts_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} at {self.label_id}"


class StepFacts(models.Model):
    """A step of a release that is done, and the hours since it could begin; see `insights.release_facts`."""

    release = models.ForeignKey(Release, models.CASCADE, db_index=False, related_name="+")
    number = models.PositiveSmallIntegerField()
    label = models.ForeignKey(Label, models.PROTECT, db_index=False, related_name="+")
    area = models.CharField(max_length=10, choices=Area)
    done_at = models.DateTimeField()
    hours = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="step_facts_once")]
        indexes = [
            # what was done in a span, by area
            models.Index(
                fields=["label", "done_at"], include=["area", "release", "hours"], name="step_facts_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.release_id}"


class FactsVersion(models.Model):
    """A token that is renewed whenever facts of a label change: what was kept before is out of date."""

    label = models.OneToOneField(Label, models.CASCADE, primary_key=True, related_name="+")
    token = models.UUIDField(default=uuid4)

    def __str__(self) -> str:
        return f"{self.label_id} {self.token}"
