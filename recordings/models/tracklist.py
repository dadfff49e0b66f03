from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from recordings.choices import TracklistSource
from recordings.models.file import File
from recordings.models.recording import Recording
from recordings.models.work import Work


class Tracklist(models.Model):
    """What is played in a recording, by one source.

    `is_main` marks the one of a recording that is shown first and that the graph counts. `unread` keeps the lines that
    were not understood. `sidecar_sha256` is the digest of the .cue file that was written beside the recording's file:
    another one there is somebody else's. `version` rises with each save.
    """

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="tracklists")
    source = models.CharField(max_length=20, choices=TracklistSource)
    cue_file = models.ForeignKey(File, models.SET_NULL, null=True, blank=True, related_name="+")
    is_main = models.BooleanField(default=False)
    played_on = models.DateField(null=True, blank=True)
    unread = models.TextField(blank=True)
    problem = models.CharField(max_length=300, blank=True, editable=False)
    sidecar_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=now, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "source"], name="tracklist_once_per_source"),
            # the graph asks from recordings to their main tracklist
            models.UniqueConstraint(
                fields=["recording"], condition=Q(is_main=True), name="tracklist_one_main"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recording}, {self.get_source_display()}"


class Play(models.Model):
    """A line of a tracklist. `is_unknown`: "ID"; `is_mixed`: played together with the line before ("w/").

    Positions are 1, 2, 3 … without gaps. `confidence`, 0 to 1, has only what was found by sound.
    """

    tracklist = models.ForeignKey(Tracklist, models.CASCADE, related_name="plays", db_index=False)
    position = models.PositiveSmallIntegerField()
    start_ms = models.PositiveBigIntegerField(null=True, blank=True)
    artist = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    record_label = models.CharField(max_length=120, blank=True)
    work = models.ForeignKey(
        Work, models.PROTECT, null=True, blank=True, related_name="plays", db_index=False
    )
    is_unknown = models.BooleanField(default=False)
    is_mixed = models.BooleanField(default=False)
    confidence = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            # with the work, so that neighbours in a tracklist are read from the index alone
            models.UniqueConstraint(
                fields=["tracklist", "position"], include=["work"], name="play_position_once"
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="play_confidence_range",
            ),
        ]
        indexes = [
            # where a work was played, and at which place: neighbours are found without reading the row
            models.Index(
                fields=["work", "tracklist", "position"],
                condition=Q(work__isnull=False),
                name="play_of_work",
            ),
        ]

    def __str__(self) -> str:
        return " - ".join(filter(None, [self.artist, self.title])) or "ID"
