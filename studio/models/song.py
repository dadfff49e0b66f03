"""Names of songs that are done already, as `studio.similar_songs` looks for them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.db import models

from kit.clock import now
from studio.models.project import Project

OWN = settings.AUTH_USER_MODEL


class SongName(models.Model):
    """Artist and title normalised by `catalog.naming`, and parts of its words, of which two similar names share one."""

    name = models.TextField(editable=False)
    parts = ArrayField(models.CharField(max_length=10), editable=False)

    class Meta:
        abstract = True


class ReferenceList(models.Model):
    """Songs that exist already, such as the official downloads of a game: entered as a file by an admin."""

    name = models.CharField(max_length=120, unique=True)
    note = models.CharField(max_length=500, blank=True)
    song_count = models.PositiveIntegerField("songs", default=0, editable=False)
    changed_at = models.DateTimeField("last changed", default=now, editable=False)
    changed_by = models.ForeignKey(OWN, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ReferenceSong(SongName):
    """A song of a reference list."""

    reference_list = models.ForeignKey(
        ReferenceList, models.CASCADE, db_index=False, related_name="songs", verbose_name="list"
    )
    artist = models.CharField(max_length=200)
    title = models.CharField(max_length=150)

    class Meta:
        indexes = [
            # the songs of a list, which are replaced together
            models.Index(fields=["reference_list", "id"], name="reference_song_of_list"),
            # the same name
            HashIndex(fields=["name"], name="reference_song_name"),
            # a similar name: one with a part in common
            GinIndex(fields=["parts"], name="reference_song_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.artist} – {self.title}"


class PublicSong(SongName):
    """What a public project makes; kept by the studio's door while it is public."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="public_song")

    class Meta:
        indexes = [
            HashIndex(fields=["name"], name="public_song_name"),
            GinIndex(fields=["parts"], name="public_song_parts"),
        ]

    def __str__(self) -> str:
        return self.name.replace("\n", " – ")
