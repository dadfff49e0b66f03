"""Who is asked about music."""

from django.db.models import TextChoices


class Source(TextChoices):
    ACOUSTID = "acoustid", "AcoustID"
    MUSICBRAINZ = "musicbrainz", "MusicBrainz"
    SPOTIFY = "spotify", "Spotify"
    TRACKLISTS = "1001tracklists", "1001Tracklists"
    COVERS = "covers", "The picture's host"
