"""The hosts' own players: the frame or audio element that plays a link, built only from parsed ids.

Source: the host table of ``music-data.md``. No URL is taken from oEmbed markup or from pasted text.
``FRAME_SOURCES`` and ``MEDIA_SOURCES`` feed the Content-Security-Policy. A sound file at any other host plays in a
frame of our own (`sound_file` in `views`), whose policy names that one host.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog.links.link import AUDIO_FILE, Link, parse_link
from catalog.links.shape import render


@dataclass(frozen=True, slots=True)
class PlayerPanel:
    """Parameters of `components/player.html`; `src` and `href` hold the link's tokens: never log them."""

    title: str
    by: str
    host: str
    href: str
    kind: str = "link"
    src: str = ""
    shape: str = ""
    referrer: str = ""
    reference: str = ""
    protocol: str = ""


@lru_cache(maxsize=1000)
def read_link(url: str) -> Link | None:
    """Parse a stored link; None if it is empty or would be refused today."""
    try:
        return parse_link(url) if url else None
    except ValidationError:
        return None


def player_panel(url: str, *, title: str, by: str = "", reference: str = "") -> PlayerPanel | None:
    """Return the panel of a stored link, None if the link is empty or would be refused today."""
    link = read_link(url)
    if link is None:
        return None
    plain = PlayerPanel(title, by, link.host_name, link.url, reference=reference)
    player = player_for(link)
    if player is None:
        return plain
    shape = _shape(player.kind, player.height_px)
    return replace(
        plain,
        kind=player.kind,
        src=player.src,
        shape=shape,
        referrer=player.referrer_policy,
        protocol=player.protocol,
    )


def _shape(kind: str, height_px: int) -> str:
    """Return the size class of the frame in the style sheet."""
    if kind == "audio":
        return ""
    if height_px <= 120:
        return "slim"
    if height_px >= 395:
        return "tall"
    return "video" if height_px == 315 else ""


@dataclass(frozen=True, slots=True)
class Player:
    """A frame or native audio element that plays a link.

    ``src`` is ASCII without quotes or spaces and holds the link's tokens: never log it. ``protocol`` names the
    module of ``static/js/listening/`` that plays, pauses and follows it, "" where the host offers none.
    """

    kind: Literal["frame", "audio"]
    src: str
    height_px: int
    host_name: str
    referrer_policy: str = "no-referrer"
    protocol: str = ""


@dataclass(frozen=True, slots=True)
class _PlayerTemplate:
    """How to build a player; ``src`` is a template as in ``host_table``."""

    kind: Literal["frame", "audio"]
    src: str
    height_px: int
    referrer_policy: str = "no-referrer"
    redirects_to: tuple[str, ...] = ()
    """CSP sources that ``src`` redirects to."""
    protocol: str = ""


_FILE_HEIGHT = 120
_WIDGET = "soundcloud"
_SOUNDCLOUD = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2F{user}%2F"
_SOUNDCLOUD_API = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2F"
_SOUNDCLOUD_TAIL = "[%3Fsecret_token%3D{token}]&auto_play=false"
_DROPBOX_FILES = ("https://*.dropboxusercontent.com",)

_TEMPLATES: Mapping[str, _PlayerTemplate] = {
    "soundcloud-track": _PlayerTemplate(
        "frame", _SOUNDCLOUD + "{track}[%2F{token}]&auto_play=false", 166, protocol="soundcloud"
    ),
    "soundcloud-set": _PlayerTemplate(
        "frame", _SOUNDCLOUD + "sets%2F{set}[%2F{token}]&auto_play=false", 450, protocol=_WIDGET
    ),
    "soundcloud-embed-track": _PlayerTemplate(
        "frame", _SOUNDCLOUD_API + "tracks%2F{number}" + _SOUNDCLOUD_TAIL, 166, protocol="soundcloud"
    ),
    "soundcloud-embed-playlist": _PlayerTemplate(
        "frame", _SOUNDCLOUD_API + "playlists%2F{number}" + _SOUNDCLOUD_TAIL, 450, protocol=_WIDGET
    ),
    "youtube-watch": _PlayerTemplate(
        "frame",
        "https://www.youtube-nocookie.com/embed/{id}",
        315,
        referrer_policy="strict-origin-when-cross-origin",
        protocol="youtube",
    ),
    "vimeo-video": _PlayerTemplate(
        "frame", "https://player.vimeo.com/video/{id}[?h={hash}]", 315, protocol="vimeo"
    ),
    "drive-file": _PlayerTemplate(
        "frame", "https://drive.google.com/file/d/{id}/preview[?resourcekey={resourcekey}]", 200
    ),
    "audius-embed": _PlayerTemplate("frame", "https://audius.co/embed/track/{id}?flavor=compact", 120),
    "bandcamp-embed": _PlayerTemplate(
        "frame", "https://bandcamp.com/EmbeddedPlayer/track={track}/size=large/", 470
    ),
    "bandcamp-album-embed": _PlayerTemplate(
        "frame", "https://bandcamp.com/EmbeddedPlayer/album={album}/size=large/", 470
    ),
    "disco-embed": _PlayerTemplate(
        "frame",
        "https://{sub}.disco.ac/e/p/{playlist}?download=false&s={sig}&artwork=true&theme=dark",
        395,
    ),
    "untitled-embed": _PlayerTemplate("frame", "https://untitled.stream/embed/{code}", 200),
    "dropbox-audio": _PlayerTemplate(
        "audio",
        "https://www.dropbox.com/scl/fi/{id}/{name}?[rlkey={rlkey}&]raw=1",
        54,
        redirects_to=_DROPBOX_FILES,
        protocol="audio",
    ),
    "dropbox-old-audio": _PlayerTemplate(
        "audio",
        "https://www.dropbox.com/s/{id}/{name}?raw=1",
        54,
        redirects_to=_DROPBOX_FILES,
        protocol="audio",
    ),
}
"""By shape of link; heights in CSS pixels, from ``music-data.md`` or our own choice."""


def player_for(link: Link) -> Player | None:
    """Return the player of a link, None if it can only be opened at its host."""
    if link.shape == AUDIO_FILE:
        return _file_player(link)
    template = _TEMPLATES.get(link.shape)
    if template is None:
        return None
    src = render(template.src, link.parts)
    return Player(
        template.kind, src, template.height_px, link.host_name, template.referrer_policy, template.protocol
    )


def _file_player(link: Link) -> Player:
    """Return our own frame for a sound file; what follows the host is in the fragment, which no server is sent."""
    host, _, path = link.url.removeprefix("https://").partition("/")
    src = f"{reverse('catalog:sound-file', args=[host])}#/{path}"
    return Player("frame", src, _FILE_HEIGHT, link.host_name, protocol="file")


def _sources(kind: Literal["frame", "audio"]) -> tuple[str, ...]:
    """Return the CSP sources of one kind, sorted; a variable part of a host becomes "*"."""
    templates = [template for template in _TEMPLATES.values() if template.kind == kind]
    origins = {re.sub(r"\{\w+\}", "*", "/".join(template.src.split("/")[:3])) for template in templates}
    return tuple(sorted(origins.union(*(template.redirects_to for template in templates))))


FRAME_SOURCES: tuple[str, ...] = _sources("frame")
"""For frame-src."""

MEDIA_SOURCES: tuple[str, ...] = _sources("audio")
"""For media-src."""
