"""What a database is for: the owner role marks those in which clocks are pinned. Why jobs failed; sums for metrics."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kit.clock import now


class MarkQuerySet(models.QuerySet["DatabaseMark"]):
    def purpose(self) -> str:
        """Return what this database is marked for, "" for a real one."""
        return self.values_list("purpose", flat=True).first() or ""


class DatabaseMark(models.Model):
    """The one row that lets moments of another time be written; only the owner role writes it.

    The demo and benchmarks write the past, tests the future too. A real database has no such row.
    """

    class Purpose(models.TextChoices):
        DEMO = "demo"
        TEST = "test"
        BENCH = "bench"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    purpose = models.CharField(max_length=10, choices=Purpose)

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="database_mark_once"),
            models.CheckConstraint(
                condition=models.Q(purpose__in=["demo", "test", "bench"]), name="database_mark_known"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class JobFailure(models.Model):
    """Why a background job failed last; one row a job, which the worker writes."""

    job_id = models.BigIntegerField(unique=True)
    error = models.CharField(max_length=300)
    failed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.job_id}: {self.error}"


class Tally(models.Model):
    """How many requests or jobs of one kind there were, and how long they took: the sum over all processes."""

    class Kind(models.TextChoices):
        REQUEST = "request"
        JOB = "job"

    kind = models.CharField(max_length=7, choices=Kind)
    name = models.CharField(max_length=200)
    """The route of a request, the task of a job."""
    method = models.CharField(max_length=7)
    outcome = models.CharField(max_length=9)
    seconds = models.FloatField(default=0)
    buckets = ArrayField(models.BigIntegerField())
    """How many took at most as long as each of `trackflow.tallies.BOUNDS`, and longer than the one before."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "method", "outcome"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.method} {self.name} {self.outcome}"
