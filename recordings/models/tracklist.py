from django.db import models

from kit.clock import now
from recordings.choices import TracklistSource
from recordings.models.file import File
from recordings.models.recording import Recording
from recordings.models.work import Work


class Tracklist(models.Model):
    """What is played in a recording, by one source."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="tracklists")
    source = models.CharField(max_length=20, choices=TracklistSource)
    cue_file = models.ForeignKey(File, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "source"], name="tracklist_once_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.recording}, {self.get_source_display()}"


class Play(models.Model):
    """A line of a tracklist. `is_unknown`: "ID"; `is_mixed`: played together with the line before ("w/")."""

    tracklist = models.ForeignKey(Tracklist, models.CASCADE, related_name="plays")
    position = models.PositiveSmallIntegerField()
    start_ms = models.PositiveBigIntegerField(null=True, blank=True)
    artist = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    work = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, related_name="plays")
    is_unknown = models.BooleanField(default=False)
    is_mixed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tracklist", "position"], name="play_position_once")]

    def __str__(self) -> str:
        return "ID" if self.is_unknown else f"{self.artist} - {self.title}"
