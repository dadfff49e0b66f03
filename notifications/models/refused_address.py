"""Addresses that mail does not reach, or whose owners call our mail spam."""

from django.conf import settings
from django.db import models

from kit.clock import now
from notifications.choices import Refusal


class RefusedAddress(models.Model):
    """An address that refused our mail, until whoever reads it confirms it anew; `person` is whose it was then."""

    address = models.EmailField(unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=10, choices=Refusal)
    provider = models.CharField(max_length=40)
    detail = models.CharField("what their mail server said", max_length=500, blank=True)
    refused_at = models.DateTimeField(default=now)
    asked_at = models.DateTimeField("question sent", null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "refused addresses"
        indexes = [models.Index(fields=["-refused_at"], name="refused_newest")]  # the office's list

    def __str__(self) -> str:
        return self.address
