from django.contrib.postgres.fields import ArrayField
from django.db import models

from kit.clock import now
from recordings.models.shelf import Shelf


class Scan(models.Model):
    """One look at everything in a shelf's folder, while it goes on and after it ended.

    `problem` says why the look counts for nothing, or for a part only: nothing below is then called missing. `remarks`
    are sentences about what was left out. Kept are the last scans of each shelf (`shelves.scan.KEPT`).
    """

    shelf = models.ForeignKey(Shelf, models.CASCADE, related_name="scans")
    began_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    folders = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField("files known before", default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    remarks = ArrayField(models.CharField(max_length=300), default=list)

    class Meta:
        indexes = [models.Index(fields=["shelf", "-id"], name="scan_latest")]

    def __str__(self) -> str:
        return f"{self.shelf}, {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def percent(self) -> int:
        """How far it is, by the files known before; 99 at most until it ended."""
        if self.ended_at:
            return 100
        return min(99, 100 * self.files // self.expected) if self.expected else 0
