"""What the tables of hosts are made of: a host, and the shapes of links to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["stream", "file", "locker", "web"]
"""stream: has a page with a player; file: cloud storage; locker: expires, refused; web: any other host."""

LeadsTo = Literal["track", "playlist", "folder", "profile", "page"]
"""What a link opens; page: anything else, such as a shop's page of a release."""

SEGMENT = r"[A-Za-z0-9._~%!$&()*+,;=:@-]+"
SLUG = r"[A-Za-z0-9_-]+"
LOCALE = r"(?:(?:intl-)?[a-z]{2}(?:[-_][A-Za-z]{2,4})?/)?"
"""A language or country at the beginning of a path."""

PLAYABLE = r"\.(?i:mp3|wav|flac|m4a|aac|ogg|oga|opus)"

IS_FOLDER = "This is a folder: it cannot be played here. Link the audio file itself."
NO_PLAYER = "This file type does not play in a browser. Link an MP3 or WAV."
IS_OUT = "A link here usually means that the track is already released; most labels want unreleased music."
IS_PUBLIC = "This page is public. If anyone can hear the track already, say so under release status."
IS_SHORT = "This is a short link, which cannot be played here. Open it and paste the full address."

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Param:
    """A query parameter that becomes the id ``to``; a shape does not match without its required ones."""

    name: str
    to: str
    pattern: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of link at a host.

    Its ``pattern`` must match the whole of "host/path" in lower-case host, without "www." or "m.", without a slash at
    the end, percent-encoded; named groups become ids. Its ``params`` take further ids from the query. Groups and params
    admit only characters that are safe in a URL, so templates use ids verbatim. ``url`` and ``identity`` are templates
    of `render`; ``secrets`` are absent wherever a link is shown without its tokens. With an empty ``identity``, links
    are compared by a digest.
    """

    name: str
    pattern: re.Pattern[str]
    url: str
    identity: str = ""
    params: tuple[Param, ...] = ()
    secrets: tuple[str, ...] = ()
    folds_case: bool = False
    """Ids are case-insensitive."""
    may_be_public: bool = False
    """A link with a secret may still be a public page."""
    leads_to: LeadsTo = "track"
    warning: str = ""
    missing: tuple[str, str] = ("", "")
    """An id, and the warning shown when it is absent."""


NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Host:
    """A host by its ``domains`` (each with all its subdomains).

    ``is_public``: a link here is a public page unless it carries a secret. ``warning`` is shown with each
    link, ``notes`` are for maintainers; for a locker, they end the sentence that says why it is refused.
    ``profiles`` matches "host/path" of pages about people, ``secret`` finds a token in an address of no known shape.
    """

    name: str
    domains: tuple[str, ...]
    kind: Kind
    is_public: bool
    notes: str
    warning: str = ""
    shapes: tuple[Shape, ...] = ()
    profiles: re.Pattern[str] = NOTHING
    secret: re.Pattern[str] = NOTHING


def render(template: str, ids: Mapping[str, str]) -> str:
    """Fill a template: a part in square brackets is dropped if an id in it is absent.

    Raises KeyError if an id outside brackets is absent.
    """

    def optional(found: re.Match[str]) -> str:
        return found[1] if all(name in ids for name in _FIELD.findall(found[1])) else ""

    return _OPTIONAL.sub(optional, template).format_map(ids)
