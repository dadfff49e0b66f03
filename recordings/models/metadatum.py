from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kit.clock import now
from recordings.choices import Fact, Source
from recordings.models.recording import Recording


class Metadatum(models.Model):
    """What one source says of a recording, or of a part of it (`begin_ms` to `end_ms`).

    All sources are kept and shown; which one counts is decided by `Source`'s order. `confidence` is 0 to 1, of what was
    measured or recognised alone; `candidates` are given where measuring cannot tell and a person has to pick (`value`
    is the likeliest of them).
    """

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="metadata")
    key = models.CharField(max_length=20, choices=Fact)
    value = models.CharField(max_length=300)
    source = models.CharField(max_length=10, choices=Source)
    confidence = models.FloatField(null=True)
    candidates = ArrayField(models.CharField(max_length=20), default=list)
    begin_ms = models.PositiveBigIntegerField(null=True)
    end_ms = models.PositiveBigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name_plural = "metadata"
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "key", "source", "begin_ms", "end_ms"],
                nulls_distinct=False,
                name="metadatum_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="metadatum_confidence_range",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.PERSON) | Q(by__isnull=True), name="metadatum_by_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"
