from django.db import models
from django.db.models import Q

from submissions.choices import LinkOutcome, LinkSlot
from submissions.models.submission import Submission


class LinkCheckColumns(models.Model):
    """What is known of a link from its checks, and how many in a row have failed."""

    url_digest = models.CharField(max_length=80)
    host = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10, choices=LinkOutcome)
    checked_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class LinkCheck(LinkCheckColumns):
    """The last check of one link of a live submission, and how many checks in a row have failed.

    Holds no address: `url_digest` tells whether the link is still the one that was checked. Results become events;
    without this row the count starts again.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="link_checks")
    slot = models.CharField(max_length=10, choices=LinkSlot)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "slot"], name="link_check_once")]
        indexes = [
            # a link sent to several labels is checked once
            models.Index(fields=["url_digest", "-checked_at"], name="link_check_same"),
            # whether a host answers at all
            models.Index(
                fields=["host", "-checked_at"],
                condition=Q(outcome=LinkOutcome.ALIVE),
                name="link_check_alive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.slot}: {self.outcome}"
