"""The frozen copy of a track and its producer's profile that a submission carries."""

from typing import Any

from catalog.choices import Exclusivity
from catalog.models import Profile, Track

PROFILE_FIELDS = (
    "artist_name",
    "contact_email",
    "country",
    "city",
    "bio",
    "soundcloud_url",
    "instagram_url",
    "spotify_url",
    "ra_url",
)
TRACK_FIELDS = (
    "title",
    "mix",
    "version_type",
    "licence_proof",
    "tempo",
    "key",
    "duration",
    "isrc",
    "explicit",
    "language",
    "audio_url",
    "backup_url",
    "link_password",
    "release_status",
    "exclusivity",
    "exclusive_until",
    "release_window",
    "has_stems",
    "has_wav",
    "sample_use",
    "vocal_use",
    "ai",
    "pro",
    "ipi",
    "pitch",
    "references",
)
COLLABORATOR_FIELDS = ("name", "email", "role", "split", "consents")
STARRED = {
    "artist_name": "artist name",
    "contact_email": "contact email",
    "title": "track title",
    "version_type": "version type",
    "genre": "genre",
    "release_status": "release status",
    "exclusivity": "exclusivity",
    "ai": "answer about generative AI",
    "audio_url": "audio link",
}
"""Fields that every submission needs. Source: the starred rows of the field table of ``music-data.md``."""


def copy_of(track: Track, profile: Profile | None) -> dict[str, Any]:
    """Return everything a label sees of a track, by field name, with the model's values."""
    copied = {name: getattr(profile, name, "") for name in PROFILE_FIELDS}
    copied |= {name: getattr(track, name) for name in TRACK_FIELDS}
    copied["genre"] = track.genre.slug if track.genre else ""
    copied["subgenre"] = track.subgenre.slug if track.subgenre else ""
    copied["collaborators"] = [
        {name: getattr(person, name) for name in COLLABORATOR_FIELDS} for person in track.collaborators.all()
    ]
    return copied


def missing(copied: dict[str, Any]) -> dict[str, str]:
    """Return the starred fields missing in a copy: name to words."""
    lacking = {name: words for name, words in STARRED.items() if not copied[name]}
    if copied["exclusivity"] == Exclusivity.EXCLUSIVE_UNTIL and not copied["exclusive_until"]:
        lacking["exclusive_until"] = "date until which it is exclusive"
    return lacking
