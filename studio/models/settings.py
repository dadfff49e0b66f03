from django.conf import settings
from django.db import models


class StudioSettings(models.Model):
    """How somebody likes the studio; a person without a row has the defaults."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="studio_settings"
    )
    # the word of a built-in template, `own-` and the number of one's own, or "" for none
    default_template = models.CharField(max_length=30, blank=True, default="track")
    fills_songs = models.BooleanField("new projects are filled in from a source", default=False)

    class Meta:
        verbose_name_plural = "studio settings"

    def __str__(self) -> str:
        return f"Studio settings of {self.user}"
