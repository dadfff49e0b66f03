from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from catalog.models import Track
from kit.clock import now
from kit.codes import Coded, CodeField
from recordings.choices import Kind, MatchHow
from recordings.models.search_index import INDEXES, search_column
from recordings.models.shelf import Shelf
from submissions.models import Submission

CUT_MS = 1_000
"""A file that is so much shorter than it says was cut off."""


class RecordingQuerySet(models.QuerySet["Recording"]):
    def listed(self) -> Self:
        """Without what only searching and comparing read."""
        return self.defer("names", "search", "fingerprint")

    def visible_to(self, user: User) -> Self:
        """On a person's own shelves and on those of labels in whose team they are."""
        return self.filter(Q(shelf__person=user) | Q(shelf__label__memberships__user=user))


class Recording(Coded):
    """Music that is kept: one sound, in one file or in several copies (`File`).

    What a file's container says stands here; what people, tags, releases and measuring say of the music is `Metadatum`.
    `audio_digest` is the SHA-256 of the encoded packets, which editing tags leaves alone; `fingerprint` Chromaprint's.
    """

    reference = CodeField(prefix="RE")
    # no index of its own: each list's begins with it
    shelf = models.ForeignKey(Shelf, models.PROTECT, db_index=False, related_name="recordings")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MASTER)
    audio_digest = models.CharField(max_length=64, blank=True, editable=False)
    fingerprint = ArrayField(models.BigIntegerField(), default=list, editable=False)

    codec = models.CharField(max_length=40, blank=True, editable=False)
    sample_rate = models.PositiveIntegerField("sample rate, Hz", null=True, editable=False)
    bit_depth = models.PositiveSmallIntegerField("bits per sample", null=True, editable=False)
    channels = models.PositiveSmallIntegerField(null=True, editable=False)
    length_ms = models.PositiveBigIntegerField("length, ms", null=True, editable=False)
    # longer than `length_ms`: the file was cut off
    declared_ms = models.PositiveBigIntegerField(
        "length that the file declares, ms", null=True, editable=False
    )

    # what counts of its facts, for lists to search and sort by; written by `recordings.facts` alone
    title = models.CharField(max_length=300, blank=True, editable=False)
    artist = models.CharField(max_length=300, blank=True, editable=False)
    mix = models.CharField(max_length=300, blank=True, editable=False)
    genre = models.CharField(max_length=60, blank=True, editable=False)
    tempo = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    key = models.CharField(max_length=7, blank=True, editable=False)
    loudness = models.DecimalField(
        "loudness, LUFS", max_digits=4, decimal_places=1, null=True, editable=False
    )
    # the paths of its files, kept by a trigger of `File`
    names = models.TextField(blank=True, editable=False)
    search = search_column()

    # when it was measured last, and as what: other genres and kinds are measured in another way
    measured_at = models.DateTimeField(null=True, editable=False)
    measured_as = models.CharField(max_length=80, blank=True, editable=False)

    track = models.ForeignKey(Track, models.PROTECT, null=True, blank=True, related_name="recordings")
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, blank=True, related_name="recordings"
    )
    # which demo's master it is, why, and who said so; written by `recordings.masters` alone
    matched_how = models.CharField(max_length=10, choices=MatchHow, blank=True, editable=False)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    matched_at = models.DateTimeField(null=True, editable=False)
    work = models.ForeignKey(
        "recordings.Work", models.PROTECT, null=True, blank=True, related_name="recordings"
    )
    created_at = models.DateTimeField(default=now, editable=False)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        indexes = INDEXES
        constraints = [
            models.UniqueConstraint(
                fields=["shelf", "audio_digest"],
                condition=~Q(audio_digest=""),
                name="recording_audio_once_per_shelf",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_cut_off(self) -> bool:
        """Whether the file ends before the end that it declares; some milliseconds are how encoders count."""
        return (self.declared_ms or 0) - (self.length_ms or 0) > CUT_MS
