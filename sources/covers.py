"""Covers: the bytes of a picture that a source named, from the hosts of `COVER_URLS` alone.

Whoever shows it encodes it anew: `catalog.covers`.
"""

from django.conf import settings

from kit.http import NotAskedError, target_of
from sources import turns
from sources.choices import Source
from sources.errors import IsOff, NotFound
from sources.exchange import IN_JOB, Patience, exchange, hosts_of

SOURCE = Source.COVERS


def fetch(url: str, *, patience: Patience = IN_JOB) -> bytes:
    """Return the bytes under an address that a source gave. Raises a SourceError; NotFound for another host."""
    if not settings.SOURCES[SOURCE]["is_on"]:
        raise IsOff(SOURCE)
    hosts = hosts_of(SOURCE, *settings.SOURCES[SOURCE]["urls"])
    try:
        hosts.refuse_others(target_of(url))
    except NotAskedError:
        raise NotFound(SOURCE) from None
    found = exchange(SOURCE, url, hosts, patience=patience)
    turns.note_answer(SOURCE)
    return found
