"""Tracks saved with a short link get the full address once the worker knows it."""

from django.conf import settings

from catalog.links import short_links
from catalog.links.link import Link
from catalog.links.players import read_link
from catalog.models import Track
from kit import jobs

REPLACE = "catalog.replace_short_links"
COLUMNS = ("audio_url", "backup_url")


def replace_later(track: Track) -> None:
    """Queue the look-up of a track's short links, if it has any; in the open transaction."""
    if settings.LINK_CHECKS and _short_links(track):
        jobs.defer([REPLACE], track_id=track.pk)


def replace_short_links(track_id: int) -> None:
    """Ask where a track's short links lead, and write it, unless the link was changed meanwhile."""
    track = Track.objects.filter(pk=track_id).first()
    for column, link in (_short_links(track) if track else {}).items():
        row = short_links.look_up(link)
        if row and not row.target:
            short_links.resolve(row)
        if row and row.target:
            Track.objects.filter(pk=track_id, **{column: link.url}).update(**{column: row.target})


def _short_links(track: Track) -> dict[str, Link]:
    found = {column: read_link(getattr(track, column)) for column in COLUMNS}
    return {column: link for column, link in found.items() if link and link.is_short}
