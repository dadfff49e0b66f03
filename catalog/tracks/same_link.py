"""Whether a link is saved already: in another track of the same producer, or twice in one."""

from django.db.models import Q

from accounts.models import User
from catalog.links.host_lookup import shape_named
from catalog.links.link import Link, canonical_identity
from catalog.links.players import read_link
from catalog.models import Track


def tracks_with(link: Link, owner: User, *, besides: Track | None = None) -> list[Track]:
    """Return the producer's other tracks with a link to the same thing, newest first. One query."""
    part = _telling_part(link)
    alike = Q(audio_url__icontains=part) | Q(backup_url__icontains=part)
    found = Track.objects.owned_by(owner).filter(alike).exclude(pk=besides.pk if besides else 0)
    return [track for track in found.order_by("-created_at", "-id") if is_in(link, track)]


def is_in(link: Link, track: Track) -> bool:
    """Whether one of the track's links leads to the same thing."""
    identity = canonical_identity(link)
    links = filter(None, map(read_link, (track.audio_url, track.backup_url)))
    return any(canonical_identity(each) == identity for each in links)


def _telling_part(link: Link) -> str:
    """Return the part of an address that stands in each of the same thing: its longest id that is no secret."""
    shape = shape_named(link.shape)
    secrets = shape.secrets if shape and shape.identity else ()
    ids = [value for name, value in link.ids if name not in secrets] if shape else []
    return max(ids, key=len, default="") or link.url.partition("://")[2].removeprefix("www.").rstrip("/")
