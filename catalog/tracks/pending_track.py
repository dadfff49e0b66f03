"""A track that somebody began to type before having an account: kept in the session until it is saved."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from catalog.links.link import Link
from catalog.links.title_guess import Read, read_from
from catalog.models import Genre
from catalog.tracks.completeness import read_link
from kit.clock import now

KEY = "begun_track"
LASTS = timedelta(days=1)


def keep(request: HttpRequest, *, title: str, link: str, genre: Genre | None, artist_name: str) -> None:
    """Keep what was typed for a day."""
    typed = {"title": title, "audio_url": link, "genre": str(genre.pk) if genre else ""}
    until = (now() + LASTS).isoformat()
    request.session[KEY] = {"typed": typed, "artist_name": artist_name, "until": until}


def is_kept(request: HttpRequest) -> bool:
    return bool(_kept(request))


def artist_name(request: HttpRequest) -> str:
    """Return the artist name that was typed, "" for none."""
    return str(_kept(request).get("artist_name", ""))


def track_of(request: HttpRequest) -> tuple[Read, Link | None]:
    """Return a track's fields as typed, with what the link says where nothing was, and the link."""
    typed: Read = {name: value for name, value in _kept(request).get("typed", {}).items() if value}
    link = read_link(typed.get("audio_url", ""))
    return ({**read_from(link), **typed} if link else typed), link


def forget(request: HttpRequest) -> None:
    """Forget it: it is saved."""
    if KEY in request.session:
        del request.session[KEY]


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(KEY)
    return kept if kept and datetime.fromisoformat(kept["until"]) > now() else {}
