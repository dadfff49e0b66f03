"""How each source is asked: how often, and how long its answers are kept. `docs/sources.md` says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from sources.choices import Source


@dataclass(frozen=True, slots=True)
class Manners:
    """`gap`: between two requests of all our processes. `keeps`: an answer is asked for again only afterwards."""

    gap: timedelta
    keeps: timedelta
    most_bytes: int = 2_000_000


MISSING_KEPT = timedelta(days=1)
"""How long "no such thing" is believed."""

MANNERS: Mapping[Source, Manners] = MappingProxyType(
    {
        # https://acoustid.org/webservice: at most three requests a second
        Source.ACOUSTID: Manners(timedelta(seconds=1 / 3), timedelta(days=30)),
        # https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting: one a second, and a User-Agent with a contact
        Source.MUSICBRAINZ: Manners(timedelta(seconds=1), timedelta(days=7)),
        # https://developer.spotify.com/documentation/web-api/concepts/rate-limits: Retry-After says
        Source.SPOTIFY: Manners(timedelta(milliseconds=100), timedelta(days=1)),
        # a site made for people: as seldom as somebody who reads
        Source.TRACKLISTS: Manners(timedelta(seconds=10), timedelta(days=30)),
        Source.COVERS: Manners(timedelta(milliseconds=200), timedelta(0), most_bytes=5_000_000),
    }
)
