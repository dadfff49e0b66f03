from django.conf import settings
from django.db import models

from catalog.country import country_choices


class Profile(models.Model):
    """A producer as labels see them."""

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

    def __str__(self) -> str:
        return self.artist_name
