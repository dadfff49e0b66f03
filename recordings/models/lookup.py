from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models

from kit.clock import now
from recordings.choices import Outsider
from recordings.models.recording import Recording

LONGEST = timedelta(hours=2)
"""How long an answer is waited for; a job is tried again for an hour and a bit."""


class Lookup(models.Model):
    """What outsiders are asked about a recording: which it is by its sound, or what is played in it.

    `songs` are the candidates of the answer (`recordings.lookup.candidates`), `chosen` the id of the one whose facts
    are kept. `problem` says why there is no answer, or not yet one.
    """

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="lookups")
    of = models.CharField(max_length=10, choices=Outsider)
    url = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    songs: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    chosen = models.CharField(max_length=36, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "of"], name="lookup_once")]

    def __str__(self) -> str:
        return f"{self.recording}, {self.get_of_display()}"

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is on its way."""
        return self.answered_at is None and self.asked_at > now() - LONGEST
