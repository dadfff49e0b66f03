"""A track typed before signing up: kept in the visitor's session until it is saved."""

from django.http import HttpRequest

from accounts import visitor_store
from catalog.links.link import Link
from catalog.links.players import read_link
from catalog.links.title_guess import Guess, guess_from
from catalog.models import Genre

KEY = "begun_track"


def keep(request: HttpRequest, *, title: str, link: str, genre: Genre | None, artist_name: str) -> None:
    """Keep the typed fields."""
    typed = {"title": title, "audio_url": link, "genre": str(genre.pk) if genre else ""}
    visitor_store.keep(request, KEY, {"typed": typed, "artist_name": artist_name})


def is_pending(request: HttpRequest) -> bool:
    return visitor_store.read(request, KEY) is not None


def artist_name(request: HttpRequest) -> str:
    """Return the typed artist name, "" for none."""
    kept = visitor_store.read(request, KEY)
    return str(kept["artist_name"]) if kept else ""


def track_of(request: HttpRequest) -> tuple[Guess, Link | None]:
    """Return the typed fields, completed by guesses from the link, and the link."""
    kept = visitor_store.read(request, KEY) or {"typed": {}}
    typed: Guess = {name: value for name, value in kept["typed"].items() if value}
    link = read_link(typed.get("audio_url", ""))
    return ({**guess_from(link), **typed} if link else typed), link


def forget(request: HttpRequest) -> None:
    """Forget the track, once it is saved."""
    visitor_store.forget(request, KEY)
