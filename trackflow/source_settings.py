"""Who is asked about music, out of the environment; each is off until it is switched on or has a key."""

from typing import Any

import environ

COVERS = [
    "https://i.scdn.co",
    "https://coverartarchive.org",
    "https://archive.org",
    "https://*.archive.org",
    "https://*.us.archive.org",
]


def sources_from(env: environ.Env) -> dict[str, dict[str, Any]]:
    """Return what `settings.SOURCES` holds, by `sources.choices.Source`."""
    acoustid, musicbrainz, spotify = (
        env("ACOUSTID_KEY", default=""),
        env.bool("MUSICBRAINZ", False),
        _spotify(env),
    )
    return {
        "acoustid": {
            "is_on": bool(acoustid),
            "url": env("ACOUSTID_URL", default="https://api.acoustid.org/v2"),
            "key": acoustid,
        },
        "musicbrainz": {
            "is_on": musicbrainz,
            "url": env("MUSICBRAINZ_URL", default="https://musicbrainz.org/ws/2"),
        },
        "spotify": spotify,
        "1001tracklists": {
            "is_on": env.bool("TRACKLISTS", False),
            "url": env("TRACKLISTS_URL", default="https://www.1001tracklists.com"),
        },
        "covers": {
            "is_on": musicbrainz or spotify["is_on"],
            "urls": env.list("COVER_URLS", default=COVERS),
        },
    }


def _spotify(env: environ.Env) -> dict[str, Any]:
    key, secret = env("SPOTIFY_CLIENT_ID", default=""), env("SPOTIFY_CLIENT_SECRET", default="")
    return {
        "is_on": bool(key and secret),
        "url": env("SPOTIFY_URL", default="https://api.spotify.com/v1"),
        "token_url": env("SPOTIFY_TOKEN_URL", default="https://accounts.spotify.com/api/token"),
        "key": key,
        "secret": secret,
    }
