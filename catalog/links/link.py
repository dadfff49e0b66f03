"""Links to a demo's audio: which are accepted, their canonical form, and which parts are secret.

No network access here: ``kit.http`` refuses hosts that resolve to private addresses. Error messages and warnings
never repeat a link, because its tokens give access to the music.
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError

from catalog.links.expiry import expiry_of, expiry_warning
from catalog.links.host_lookup import Match, find_host, is_short, match, page_of, shape_named, unwrapped
from catalog.links.host_table import SECRET_PARAMS, TRACKING_AT_KNOWN_HOSTS, TRACKING_EVERYWHERE
from catalog.links.pasted_text import address_in
from catalog.links.shape import IS_SHORT, PLAYABLE, Host, Kind, LeadsTo, Shape, render
from catalog.links.web_address import MAX_LENGTH, Address, read_address

MAX_IDENTITY_LENGTH = 200
AUDIO_FILE = "audio-file"
"""The shape of a link to a sound file at a host that no table knows."""

_FILE = re.compile(rf".*/(?P<name>[^/]+{PLAYABLE})")


@dataclass(frozen=True, slots=True)
class Link:
    """An accepted link.

    ``url`` is canonical ASCII with its tokens; ``host_name`` is for display ("SoundCloud", or the bare host);
    ``shape`` names the matching ``Shape`` of the host tables, empty for a plain link; ``ids`` are its (name, value)
    parts, secrets included; ``is_private``: as far as the URL tells, only people with the link can open it;
    ``warnings`` are sentences for the person who pastes it; ``lasts``: time from creation to expiry, None for a
    link that does not expire; ``is_short``: only its host knows where it leads.
    """

    url: str
    host_name: str
    kind: Kind
    shape: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    is_private: bool = False
    warnings: tuple[str, ...] = ()
    lasts: timedelta | None = None
    leads_to: LeadsTo = "page"
    is_short: bool = False

    @property
    def parts(self) -> dict[str, str]:
        """The ids by name."""
        return dict(self.ids)


def parse_link(text: str) -> Link:
    """Return the link in what was pasted, in its canonical form; parsing its ``url`` again gives the same link.

    Raises ValidationError with code "not_http", "characters", "too_long", "userinfo", "port", "host"
    (missing, local, an IP address or malformed), "many_links" or "locker" (a download host whose links expire).
    """
    address = unwrapped(read_address(address_in(text)))
    host = find_host(address.host)
    if host and host.kind == "locker":
        raise _locker_refusal(host)
    link = _link_at(host, address)
    link = _with_expiry(replace(link, is_short=is_short(address)), address)
    if len(link.url) > MAX_LENGTH:
        raise ValidationError(f"A link may have at most {MAX_LENGTH} characters.", code="too_long")
    return link


def canonical_identity(link: Link) -> str:
    """Return a text of at most 200 characters without tokens, equal for links to the same thing.

    "soundcloud:user/track" is the same with and without its secret token. Unknown hosts and URLs without a
    public part get a digest. A pasted SoundCloud embed differs from the page it shows, since its number does
    not identify the page.
    """
    shape = shape_named(link.shape)
    if shape and shape.identity:
        identity = render(shape.identity, _public_parts(shape, link))
        if len(identity) <= MAX_IDENTITY_LENGTH:
            return identity.lower() if shape.folds_case else identity
    page = re.sub(r"^https?://(?:www\.|m\.)?", "", link.url).rstrip("/")
    return f"web:{sha256(page.encode()).hexdigest()[:32]}"


def without_tokens(url: str) -> str:
    """Return ``url`` without its tokens, for logs and exports.

    Links of unknown shape keep only scheme and host, since any part may be the secret. The ids of YouTube videos
    and of Drive and Dropbox files stay. Never raises: an invalid link becomes "".
    """
    try:
        address = read_address(address_in(url))
        link = parse_link(url)
    except ValidationError as refusal:
        return f"{address.scheme}://{address.host}/" if refusal.code == "locker" else ""
    shape = shape_named(link.shape)
    if shape is None:
        return "/".join([*link.url.split("/")[:3], ""])
    return render(shape.url, _public_parts(shape, link))


def _public_parts(shape: Shape, link: Link) -> dict[str, str]:
    return {name: value for name, value in link.ids if name not in shape.secrets}


def _locker_refusal(host: Host) -> ValidationError:
    return ValidationError(
        f"{host.name} links {host.notes}. Use one that stays: private SoundCloud, Dropbox, Google Drive.",
        code="locker",
    )


def _with_expiry(link: Link, address: Address) -> Link:
    """Return the link, with expiry time and a first warning if it will expire."""
    rule = expiry_of(address)
    if rule is None:
        return link
    return replace(link, warnings=(expiry_warning(rule), *link.warnings), lasts=rule.lasts)


def _link_at(host: Host | None, address: Address) -> Link:
    if host is None:
        return _plain_link(address)
    found = match(host, address)
    return _shaped_link(host, found) if found else _unrecognised_link(host, address)


def _shaped_link(host: Host, found: Match) -> Link:
    shape, ids = found
    lacking, sentence = shape.missing
    warnings = (host.warning, shape.warning, "" if lacking in ids else sentence)
    holds_secret = any(name in ids for name in shape.secrets)
    return Link(
        url=render(shape.url, ids),
        host_name=host.name,
        kind=host.kind,
        shape=shape.name,
        ids=tuple(sorted(ids.items())),
        is_private=(holds_secret or not host.is_public) and not shape.may_be_public,
        warnings=tuple(dict.fromkeys(filter(None, warnings))),
        leads_to=shape.leads_to,
    )


def _unrecognised_link(host: Host, address: Address) -> Link:
    """Return a link at a known host that matches none of its shapes."""
    kept = address.without_params(TRACKING_EVERYWHERE | TRACKING_AT_KNOWN_HOSTS)
    is_profile = host.profiles.fullmatch(page_of(address)) is not None
    is_secret = _holds_secret(address) or host.secret.search(str(address)) is not None
    warnings = (host.warning, _hint(host, address, is_profile=is_profile))
    return Link(
        url=str(replace(kept, scheme="https")),
        host_name=host.name,
        kind=host.kind,
        is_private=is_secret or not host.is_public,
        warnings=tuple(filter(None, warnings)),
        leads_to="profile" if is_profile else "page",
    )


def _hint(host: Host, address: Address, *, is_profile: bool) -> str:
    if is_short(address):
        return IS_SHORT
    if is_profile:
        return f"This is a profile at {host.name}, not a track. Open the track and copy its own link."
    unread = f"We do not recognise this as a track at {host.name}; it becomes a plain link without a player."
    return unread if host.shapes else ""


def _plain_link(address: Address) -> Link:
    kept = address.without_params(TRACKING_EVERYWHERE)
    file = _FILE.fullmatch(address.path) if address.scheme == "https" else None
    warnings = (
        "This link is not encrypted (http)." if address.scheme == "http" else "",
        "Letters beyond a to z in this host are shown encoded." if "xn--" in address.host else "",
        IS_SHORT if is_short(address) else "",
    )
    return Link(
        url=str(kept),
        host_name=address.host,
        kind="web",
        shape=AUDIO_FILE if file else "",
        ids=(("host", address.host), ("name", file["name"])) if file else (),
        is_private=_holds_secret(address),
        warnings=tuple(filter(None, warnings)),
        leads_to="track" if file else "page",
    )


def _holds_secret(address: Address) -> bool:
    return any(name.lower() in SECRET_PARAMS for name, value in address.values().items() if value)
