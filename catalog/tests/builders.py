"""Producers and tracks for tests; other apps' tests build on them too."""

from decimal import Decimal
from itertools import count
from typing import Any

from accounts.models import User
from catalog.choices import AIUse, Exclusivity, ReleaseStatus, SampleUse, VersionType, VocalUse
from catalog.models import Genre, Profile, Track
from trackflow.testing.replays import replayed

SOUNDCLOUD = "https://soundcloud.com/mara-lindqvist/night-drive-{}/s-MjcQ5BtcRPp"
DROPBOX = (
    "https://www.dropbox.com/scl/fi/q1w2e3r4t5y6u7i8o9p0a/night-drive-{}.mp3?rlkey=a1b2c3d4e5f6g7h8i9j0k1l2m"
)

_numbers = count(1)


@replayed
def make_producer(email: str = "", **profile: Any) -> User:
    """Return a person who makes music, with a profile that labels need nothing more of."""
    number = next(_numbers)
    email = email or f"producer{number}@example.com"
    user = User.objects.create_user(email, name="Mara", makes_music=True)
    said = {
        "artist_name": f"Mara Lindqvist {number}",
        "contact_email": email,
        "country": "SE",
        "city": "Malmö",
    }
    Profile.objects.create(user=user, **{**said, **profile})
    return user


@replayed
def make_track(owner: User, **fields: Any) -> Track:
    """Return a track of this person that could be sent as it is."""
    number = next(_numbers)
    said = {
        "title": f"Night Drive {number}",
        "version_type": VersionType.ORIGINAL,
        "genre": Genre.objects.get(slug="deep-house"),
        "tempo": Decimal("122.00"),
        "key": "8A",
        "duration": 392,
        "audio_url": SOUNDCLOUD.format(number),
        "backup_url": DROPBOX.format(number),
        "release_status": ReleaseStatus.UNRELEASED,
        "exclusivity": Exclusivity.SENT_ELSEWHERE,
        "sample_use": SampleUse.NONE,
        "vocal_use": VocalUse.NONE,
        "ai": AIUse.NO,
        "pitch": "Made for the late hours; the break at 3:10 is the point of it.",
        "references": "Larry Heard, Move D",
    }
    return Track.objects.create(owner=owner, **{**said, **fields})
