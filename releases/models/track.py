from django.db import models
from django.db.models import Q

from releases.choices import Line
from releases.models.release import Release
from submissions.models import Submission


class ReleaseTrack(models.Model):
    """A line of a release's list; it changes only with an event, and `turn` is its last one.

    `submission` fills it; `comes_out` is whether this release is the one on which that submission comes out.
    """

    release = models.ForeignKey(Release, models.PROTECT, db_index=False, related_name="tracks")
    position = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=12, choices=Line, default=Line.PLACEHOLDER)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="release_tracks")
    comes_out = models.BooleanField(default=False)
    title = models.CharField(max_length=150, blank=True)
    mix = models.CharField(max_length=80, blank=True)
    artist = models.CharField(max_length=200, blank=True)
    isrc = models.CharField("ISRC", max_length=12, blank=True)
    seconds = models.PositiveIntegerField("length in seconds", null=True)
    is_explicit = models.BooleanField(default=False)
    turn = models.PositiveIntegerField()
    words_from = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="release_track_position"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(comes_out=True), name="release_track_comes_out_once"
            ),
            models.CheckConstraint(
                condition=Q(line=Line.SUBMISSION, submission__isnull=False)
                | ~Q(line=Line.SUBMISSION) & Q(submission=None, comes_out=False),
                name="release_track_filled",
            ),
        ]
        indexes = [
            # the other releases of a recording
            models.Index(fields=["isrc"], condition=~Q(isrc=""), name="release_track_isrc"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.shown_title}"

    @property
    def shown_title(self) -> str:
        """Title and mix name, or what a line without a title is."""
        if not self.title:
            return "To be filled" if self.line == Line.PLACEHOLDER else "(redacted)"
        return f"{self.title} ({self.mix})" if self.mix else self.title
