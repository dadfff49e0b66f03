from datetime import datetime
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from catalog.models import Genre
from kit.clock import now
from kit.codes import Coded, CodeField
from kit.routes import url_for
from labels.choices import AIPolicy, ExclusivityPolicy, QuestionKind, Strictness
from labels.models.label import Label

DAYS = [MinValueValidator(1), MaxValueValidator(365)]
SHORTEST_CODE = 6
TEMPO = [MinValueValidator(Decimal(40)), MaxValueValidator(Decimal(300))]


class IntakeQuerySet(models.QuerySet["Intake"]):
    def open_at(self, moment: datetime) -> Self:
        """Intakes that take demos at this moment; their labels are verified and not behind."""
        opened = Q(opens_at=None) | Q(opens_at__lte=moment)
        unclosed = Q(closes_at=None) | Q(closes_at__gt=moment)
        takes = Q(is_paused=False, label__status="verified", label__is_behind=False)
        return self.filter(opened, unclosed, takes)

    def public(self) -> Self:
        """Intakes that need no access code."""
        return self.filter(access_code="")


class Intake(Coded):
    """What a label asks for: its standing intake (blank `call_name`) or a call."""

    code = CodeField(prefix="CL")
    label = models.ForeignKey(Label, models.PROTECT, related_name="intakes")
    call_name = models.CharField(max_length=120, blank=True, help_text="Empty for the standing intake.")
    message = models.TextField(max_length=2000, blank=True, help_text="Shown to producers, open or closed.")
    is_paused = models.BooleanField("closed for now", default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    access_code = models.CharField(max_length=40, blank=True, validators=[MinLengthValidator(SHORTEST_CODE)])

    genres = models.ManyToManyField(
        Genre, blank=True, related_name="+", help_text="Select none to accept every genre."
    )
    genre_strictness = models.CharField(max_length=10, choices=Strictness, default=Strictness.WARN)
    tempo_from = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, validators=TEMPO)
    tempo_to = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, validators=TEMPO)
    tempo_strictness = models.CharField(max_length=10, choices=Strictness, default=Strictness.WARN)
    required_fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    ai_policy = models.CharField("AI policy", max_length=10, choices=AIPolicy, default=AIPolicy.ANY)
    exclusivity_policy = models.CharField(
        max_length=10, choices=ExclusivityPolicy, default=ExclusivityPolicy.ANY
    )
    unreleased_only = models.BooleanField(default=False)

    most_open = models.PositiveSmallIntegerField(
        "open submissions per producer", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    most_weekly = models.PositiveSmallIntegerField(
        "submissions per producer and week", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    promise_days = models.PositiveSmallIntegerField("promise in days", default=14, validators=DAYS)
    grace_days = models.PositiveSmallIntegerField("grace in days", default=14, validators=DAYS)
    answer_days = models.PositiveSmallIntegerField("producer's days to answer", default=14, validators=DAYS)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("label", condition=Q(call_name=""), name="intake_one_standing"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="intake_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(tempo_to__gte=models.F("tempo_from")), name="intake_tempo_upwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def get_absolute_url(self) -> str:
        return url_for("labels:label", self.label.slug)

    @property
    def title(self) -> str:
        return self.call_name or "Demos"

    def is_open(self, moment: datetime | None = None) -> bool:
        """Whether it takes demos at this moment, which also takes a verified label that is not behind."""
        moment = moment or now()
        opened = self.opens_at is None or self.opens_at <= moment
        unclosed = self.closes_at is None or moment < self.closes_at
        is_taking = self.label.is_verified and not self.label.is_behind
        return opened and unclosed and not self.is_paused and is_taking


class Question(models.Model):
    """A question of an intake; once answered, retired rather than deleted."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=QuestionKind)
    text = models.CharField(max_length=300)
    help_text = models.CharField(max_length=300, blank=True)
    options = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    is_required = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text
