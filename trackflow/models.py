"""What the site itself keeps: reports of browsers."""

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
