from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Picture
from catalog.models.genre import Genre
from catalog.music.countries import country_choices


class ProfileQuerySet(models.QuerySet["Profile"]):
    def public(self) -> Self:
        """Profiles whose producers made them public and are still active."""
        return self.filter(is_public=True, user__is_active=True)


class Profile(models.Model):
    """A producer as labels see them, and everyone if `is_public`."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="profile")
    artist_name = models.CharField(max_length=120)
    contact_email = models.EmailField()
    country = models.CharField(max_length=2, blank=True, choices=country_choices)
    city = models.CharField(max_length=80, blank=True)
    bio = models.TextField(blank=True, max_length=500)
    soundcloud_url = models.URLField("SoundCloud", blank=True)
    instagram_url = models.URLField("Instagram", blank=True)
    spotify_url = models.URLField("Spotify", blank=True)
    ra_url = models.URLField("Resident Advisor", blank=True)
    genres = models.ManyToManyField(Genre, blank=True, related_name="+")
    avatar = models.OneToOneField(
        Picture, models.SET_NULL, to_field="code", null=True, blank=True, related_name="+"
    )
    is_public = models.BooleanField("public page", default=False)
    slug = models.SlugField("address", max_length=60, blank=True, db_index=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("slug", condition=~Q(slug=""), name="profile_slug_once"),
            models.CheckConstraint(
                condition=~Q(is_public=True, slug=""),
                name="profile_public_has_slug",
                violation_error_message="A public page needs an address.",
            ),
        ]

    def __str__(self) -> str:
        return self.artist_name

    def get_absolute_url(self) -> str:
        """Return the public page's URL; only a profile with a slug has one."""
        return reverse("catalog:producer", args=[self.slug])

    def links(self) -> list[tuple[str, str]]:
        """Return the producer's pages elsewhere as (name, URL)."""
        named = [
            ("SoundCloud", self.soundcloud_url),
            ("Instagram", self.instagram_url),
            ("Spotify", self.spotify_url),
            ("Resident Advisor", self.ra_url),
        ]
        return [(name, url) for name, url in named if url]
