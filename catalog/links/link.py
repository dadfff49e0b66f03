"""Links to a demo's audio: which are accepted, their canonical form, and which parts are secret.

No network access here: ``kit.http`` refuses hosts that resolve to private addresses. Error messages and warnings
never repeat a link, because its tokens give access to the music.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import unquote

from django.core.exceptions import ValidationError

from catalog.links.expiry_table import EXPIRIES, Expiry
from catalog.links.host_table import (
    HOSTS,
    TRACKING_AT_KNOWN_HOSTS,
    TRACKING_EVERYWHERE,
    Host,
    Kind,
    Param,
    Shape,
)
from catalog.links.web_address import MAX_LENGTH, Address, read_address

MAX_IDENTITY_LENGTH = 200

_BY_DOMAIN: Mapping[str, Host] = {domain: host for host in HOSTS for domain in host.domains}
_BY_NAME: Mapping[str, Shape] = {shape.name: shape for host in HOSTS for shape in host.shapes}

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Link:
    """An accepted link.

    ``url`` is canonical ASCII with its tokens; ``host_name`` is for display ("SoundCloud", or the bare host);
    ``shape`` names the matching ``Shape`` of ``host_table``, empty for a plain link; ``ids`` are its (name, value)
    parts, secrets included; ``is_private``: as far as the URL tells, only people with the link can open it;
    ``warnings`` are sentences for the person who pastes it; ``lasts``: time from creation to expiry, None for a
    link that does not expire.
    """

    url: str
    host_name: str
    kind: Kind
    shape: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    is_private: bool = False
    warnings: tuple[str, ...] = ()
    lasts: timedelta | None = None

    @property
    def parts(self) -> dict[str, str]:
        """The ids by name."""
        return dict(self.ids)


def parse_link(url: str) -> Link:
    """Return a pasted link in its canonical form; parsing its ``url`` again gives the same link.

    Raises ValidationError with code "not_http", "characters", "too_long", "userinfo", "port", "host"
    (missing, local, an IP address or malformed) or "locker" (a download host whose links expire).
    """
    address = read_address(url)
    host = find_host(address.host)
    if host is None:
        return _with_expiry(_plain_link(address), address)
    if host.kind == "locker":
        raise _locker_refusal(host)
    link = _with_expiry(
        _recognised_link(host, _unwrap_player(address)) or _unrecognised_link(host, address), address
    )
    if len(link.url) > MAX_LENGTH:
        raise ValidationError(f"A link may have at most {MAX_LENGTH} characters.", code="too_long")
    return link


def canonical_identity(link: Link) -> str:
    """Return a text of at most 200 characters without tokens, equal for links to the same thing.

    "soundcloud:user/track" is the same with and without its secret token. Unknown hosts and URLs without a
    public part get a digest. A pasted SoundCloud embed differs from the page it shows, since its number does
    not identify the page.
    """
    shape = _BY_NAME.get(link.shape)
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
        address = read_address(url)
        link = parse_link(url)
    except ValidationError as refusal:
        return f"{address.scheme}://{address.host}/" if refusal.code == "locker" else ""
    shape = _BY_NAME.get(link.shape)
    if shape is None:
        return f"{address.scheme}://{address.host}/"
    return render(shape.url, _public_parts(shape, link))


def find_host(host: str) -> Host | None:
    """Return the ``Host`` of a host name (lower-case, punycode) or of a parent domain."""
    labels = host.split(".")
    parents = (".".join(labels[start:]) for start in range(len(labels)))
    return next((_BY_DOMAIN[domain] for domain in parents if domain in _BY_DOMAIN), None)


def render(template: str, ids: Mapping[str, str]) -> str:
    """Fill a template of ``host_table``: a part in square brackets is dropped if an id in it is absent.

    Raises KeyError if an id outside brackets is absent.
    """

    def optional(found: re.Match[str]) -> str:
        return found[1] if all(name in ids for name in _FIELD.findall(found[1])) else ""

    return _OPTIONAL.sub(optional, template).format_map(ids)


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


def _unwrap_player(address: Address) -> Address:
    """Return the address inside a pasted SoundCloud player, any other address unchanged."""
    shown = dict(address.pairs()).get("url")
    if address.host != "w.soundcloud.com" or shown is None:
        return address
    try:
        return read_address(unquote(shown))
    except ValidationError:
        return address


def _recognised_link(host: Host, address: Address) -> Link | None:
    """Return the link by the host's first matching shape, None if no shape matches."""
    for shape in host.shapes:
        ids = _ids(shape, address)
        if ids is not None:
            return _shaped_link(host, shape, ids)
    return None


def _ids(shape: Shape, address: Address) -> dict[str, str] | None:
    plain_host = address.host.removeprefix("www.").removeprefix("m.")
    found = shape.pattern.fullmatch(plain_host + address.path.rstrip("/"))
    if found is None:
        return None
    values = dict(address.pairs())
    taken = {param.to: values[param.name] for param in shape.params if _fits(param, values)}
    if any(param.is_required and param.to not in taken for param in shape.params):
        return None
    return taken | {name: value for name, value in found.groupdict().items() if value is not None}


def _fits(param: Param, values: Mapping[str, str]) -> bool:
    return re.fullmatch(param.pattern, values.get(param.name, "")) is not None


def _shaped_link(host: Host, shape: Shape, ids: dict[str, str]) -> Link:
    lacking, sentence = shape.missing
    warnings = (host.warning, shape.warning, "" if lacking in ids else sentence)
    holds_secret = any(name in ids for name in shape.secrets)
    return Link(
        url=render(shape.url, ids),
        host_name=host.name,
        kind=host.kind,
        shape=shape.name,
        ids=tuple(ids.items()),
        is_private=(holds_secret or not host.is_public) and not shape.may_be_public,
        warnings=tuple(filter(None, warnings)),
    )


def _unrecognised_link(host: Host, address: Address) -> Link:
    """Return a link at a known host that matches none of its shapes."""
    kept = address.without_params(TRACKING_EVERYWHERE | TRACKING_AT_KNOWN_HOSTS)
    hint = f"We do not recognise this as a track at {host.name}; it becomes a plain link without a player."
    warnings = (host.warning, hint if host.shapes else "")
    return Link(
        url=str(replace(kept, scheme="https")),
        host_name=host.name,
        kind=host.kind,
        is_private=not host.is_public,
        warnings=tuple(filter(None, warnings)),
    )


def _plain_link(address: Address) -> Link:
    kept = address.without_params(TRACKING_EVERYWHERE)
    warnings = (
        "This link is not encrypted (http)." if address.scheme == "http" else "",
        "Letters beyond a to z in this host are shown encoded." if "xn--" in address.host else "",
    )
    return Link(url=str(kept), host_name=address.host, kind="web", warnings=tuple(filter(None, warnings)))


_ADVICE = "Labels take longer to answer: paste a link that stays, such as a private SoundCloud link."


def expiry_of(address: Address) -> Expiry | None:
    """Return the expiry rule that applies to an address, None if it does not expire."""
    return next((rule for rule in EXPIRIES if _applies(rule, address)), None)


def expiry_warning(rule: Expiry) -> str:
    """Return the warning for such a link."""
    return f"{rule.name} stop working after {_duration(rule.lasts)} (as of {rule.as_of:%B %Y}). {_ADVICE}"


def _applies(rule: Expiry, address: Address) -> bool:
    is_there = any(f".{address.host}".endswith(f".{domain}") for domain in rule.domains)
    is_signed = not rule.param or any(name == rule.param for name, _ in address.pairs())
    return is_there and is_signed and rule.path.fullmatch(address.path) is not None


def _duration(lasts: timedelta) -> str:
    number, unit = (lasts.days, "day") if lasts.days else (lasts.seconds // 3600, "hour")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
