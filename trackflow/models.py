"""What the site itself keeps: reports of browsers, and what its workers work on."""

from django.db import models


class PolicyReport(models.Model):
    """How often browsers reported on a day that a page's policy kept something out (`trackflow.policy_reports`)."""

    day = models.DateField()
    directive = models.CharField(max_length=40)
    blocked = models.CharField("what was kept out", max_length=100)
    page = models.CharField(max_length=100)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "report of a browser"
        verbose_name_plural = "reports of browsers"
        constraints = [
            # also the order of the office's list, newest first
            models.UniqueConstraint(
                fields=["day", "directive", "blocked", "page"], name="policy_report_of_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.directive} {self.blocked}"


class QueueWorker(models.Model):
    """Whose jobs a running worker takes; procrastinate keeps the heartbeats, without the queue."""

    worker_id = models.BigIntegerField(unique=True)
    queue = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.queue}: worker {self.worker_id}"
