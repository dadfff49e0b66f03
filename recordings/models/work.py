from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q

from catalog.models import Track
from kit.codes import Coded, CodeField


class Work(Coded):
    """A song as one identity over plays, recordings and tracks.

    `digest` is the SHA-256 of `catalog.naming.name_of`: what people type, tag and read off a record as the same.
    """

    reference = CodeField(prefix="WK")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    artist = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    mix = models.CharField(max_length=120, blank=True)
    isrc = models.CharField("ISRC", max_length=12, blank=True)
    mbid = models.UUIDField("MusicBrainz ID", null=True, blank=True)
    track = models.ForeignKey(Track, models.SET_NULL, null=True, blank=True, related_name="works")

    search = models.GeneratedField(
        expression=Func("artist", "title", "mix", function="recordings_search"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="work_search"),
            models.Index(fields=["isrc"], condition=~Q(isrc=""), name="work_isrc"),
        ]

    def __str__(self) -> str:
        return f"{self.artist} - {self.full_title}"

    @property
    def full_title(self) -> str:
        return f"{self.title} ({self.mix})" if self.mix else self.title
