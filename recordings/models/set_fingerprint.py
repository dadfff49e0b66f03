from django.contrib.postgres.fields import ArrayField
from django.db import models

from recordings.models.recording import Recording


class SetFingerprint(models.Model):
    """Chromaprint's fingerprint of a whole set, about eight numbers a second; apart, for a page reads none of it."""

    recording = models.OneToOneField(
        Recording, models.CASCADE, primary_key=True, related_name="set_fingerprint"
    )
    audio_digest = models.CharField(max_length=64)
    items = ArrayField(models.BigIntegerField())

    def __str__(self) -> str:
        return str(self.recording_id)
