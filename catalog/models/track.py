from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import User
from catalog import choices
from catalog.models.genre import Genre
from catalog.music.countries import language_choices
from catalog.music.keys import key_choices
from catalog.music.units import HIGHEST, LOWEST
from kit.clock import now
from kit.codes import Coded, CodeField
from kit.routes import url_for

OWN = settings.AUTH_USER_MODEL


class TrackQuerySet(models.QuerySet["Track"]):
    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def current(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def with_genre(self) -> Self:
        return self.select_related("genre", "subgenre")


class Track(Coded):
    """A track in a producer's catalogue: metadata and links, editable, private to its owner."""

    code = CodeField(prefix="TR")
    owner = models.ForeignKey(OWN, models.PROTECT, related_name="tracks")

    title = models.CharField(max_length=150)
    mix = models.CharField("mix name", max_length=80, default=choices.DEFAULT_MIX, blank=True)
    version_type = models.CharField(max_length=20, choices=choices.VersionType, blank=True)
    licence_proof = models.CharField("proof of commission or licence", max_length=500, blank=True)
    genre = models.ForeignKey(Genre, models.PROTECT, null=True, blank=True, related_name="tracks")
    subgenre = models.ForeignKey(Genre, models.PROTECT, null=True, blank=True, related_name="+")
    tempo = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(LOWEST)), MaxValueValidator(Decimal(HIGHEST))],
    )
    key = models.CharField("musical key", max_length=7, blank=True, choices=key_choices)
    duration = models.PositiveIntegerField("length in seconds", null=True, blank=True)
    isrc = models.CharField("ISRC", max_length=12, blank=True)
    explicit = models.CharField("explicit lyrics", max_length=20, choices=choices.Explicit, blank=True)
    language = models.CharField(max_length=3, blank=True, choices=language_choices)

    audio_url = models.CharField("audio link", max_length=2000, blank=True)
    backup_url = models.CharField("backup link", max_length=2000, blank=True)
    link_password = models.CharField("password for the link", max_length=100, blank=True)

    release_status = models.CharField(max_length=20, choices=choices.ReleaseStatus, blank=True)
    exclusivity = models.CharField(max_length=20, choices=choices.Exclusivity, blank=True)
    exclusive_until = models.DateField(null=True, blank=True)
    release_window = models.CharField("target release window", max_length=100, blank=True)
    has_stems = models.BooleanField("stems available", default=False)
    has_wav = models.BooleanField("WAV available", default=False)

    sample_use = models.CharField("samples", max_length=20, choices=choices.SampleUse, blank=True)
    vocal_use = models.CharField("vocals", max_length=20, choices=choices.VocalUse, blank=True)
    ai = models.CharField("generative AI", max_length=20, choices=choices.AIUse, blank=True)
    pro = models.CharField("performing rights organisation", max_length=40, blank=True)
    ipi = models.CharField("IPI number", max_length=11, blank=True)

    pitch = models.TextField(max_length=600, blank=True)
    references = models.CharField("for fans of", max_length=200, blank=True)

    created_at = models.DateTimeField(default=now, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    objects = TrackQuerySet.as_manager()

    class Meta:
        # the catalogue page: a producer's tracks, newest first
        indexes = [models.Index(fields=["owner", "-created_at", "-id"], name="track_catalogue")]

    def __str__(self) -> str:
        return self.full_title

    def get_absolute_url(self) -> str:
        return url_for("catalog:track", self.code)

    def archive(self) -> None:
        """Hide the track from its owner's list; its submissions stay as they are."""
        self.archived_at = now()
        self.save(update_fields=["archived_at"])

    def restore(self) -> None:
        self.archived_at = None
        self.save(update_fields=["archived_at"])

    @property
    def full_title(self) -> str:
        """The title with its mix name, as shops print it; "Original Mix" is left out."""
        return self.title if self.mix in ("", choices.DEFAULT_MIX) else f"{self.title} ({self.mix})"


class Collaborator(models.Model):
    """Someone who worked on the track, possibly its owner, with their share in percent."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="collaborators")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=choices.CollaboratorRole)
    split = models.DecimalField("split in percent", max_digits=5, decimal_places=2, null=True, blank=True)
    consents = models.BooleanField("agrees to this submission", default=False)
    is_invited = models.BooleanField(
        "Invite them to follow",
        default=False,
        help_text="When a demo of this track is sent, they get a link by mail: states and dates, nothing else.",
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"
