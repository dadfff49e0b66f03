from datetime import timedelta
from hashlib import sha256
from typing import Self

from django.db import models

from kit.clock import now

KEPT = timedelta(days=1)
PATIENCE = timedelta(seconds=30)
"""How long somebody is told to wait for the answer."""

AGAIN = timedelta(minutes=10)
"""After which one that led nowhere is asked again."""


def digest_of(url: str) -> str:
    return sha256(url.encode()).hexdigest()


class ShortLinkQuerySet(models.QuerySet["ShortLink"]):
    def of(self, url: str) -> "ShortLink | None":
        """Return the row of a short link, None if nobody asked lately."""
        return self.filter(digest=digest_of(url)).first()

    def outdated(self) -> Self:
        return self.filter(asked_at__lt=now() - KEPT)


class ShortLink(models.Model):
    """Where a short link leads, asked by the worker; kept for a day, since either address may open private music."""

    digest = models.CharField(max_length=64, unique=True)
    url = models.CharField(max_length=2000)
    target = models.CharField(max_length=2000, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(default=now, db_index=True)

    objects = ShortLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def is_settled(self) -> bool:
        """Whether it need not be asked again: it leads somewhere, or was asked just now."""
        return bool(self.target) or now() - self.asked_at < AGAIN

    @property
    def is_waiting(self) -> bool:
        """Whether the answer may still come."""
        return not (self.target or self.problem) and now() - self.asked_at < PATIENCE
