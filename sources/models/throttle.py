from django.db import models

from kit.clock import now
from sources.choices import Source

ENOUGH = 5
"""Failures in a row after which a source is left alone for a while."""


class Throttle(models.Model):
    """When a source may be asked next, by any of our processes, and how it did. One row a source.

    After `ENOUGH` failures in a row it rests until `rests_until`; then one question tries whether it is well again.
    """

    source = models.CharField(max_length=20, choices=Source, unique=True)
    next_at = models.DateTimeField("asked next", default=now)
    failures = models.PositiveIntegerField("failures in a row", default=0)
    rests_until = models.DateTimeField("left alone until", null=True)
    failure = models.CharField("last failure", max_length=200, blank=True)
    failed_at = models.DateTimeField("failed", null=True)
    answered_at = models.DateTimeField("answered", null=True)
    answers = models.PositiveBigIntegerField("answers so far", default=0)
    all_failures = models.PositiveBigIntegerField("failures so far", default=0)

    class Meta:
        verbose_name = "source"

    def __str__(self) -> str:
        return self.get_source_display()

    @property
    def is_resting(self) -> bool:
        return self.failures >= ENOUGH and self.rests_until is not None and self.rests_until > now()
