"""Which host and which shape of link an address is, looked up in the tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from django.core.exceptions import ValidationError

from catalog.links.host_table import HOSTS
from catalog.links.pasted_text import trimmed, unescape
from catalog.links.shape import Host, Param, Shape
from catalog.links.short_link_table import SHORT_LINK
from catalog.links.web_address import Address, read_address
from catalog.links.wrapper_table import WRAPPERS, Wrapper

_BY_DOMAIN: Mapping[str, Host] = {domain: host for host in HOSTS for domain in host.domains}
_BY_NAME: Mapping[str, Shape] = {shape.name: shape for host in HOSTS for shape in host.shapes}
_MOST_WRAPPERS = 4
_URI = re.compile(r"(?P<host>spotify|soundcloud):(?P<rest>[A-Za-z0-9:_-]+)")


class Match(NamedTuple):
    """A shape, and the ids that it reads in an address."""

    shape: Shape
    ids: dict[str, str]


def find_host(host: str) -> Host | None:
    """Return the ``Host`` of a host name (lower-case, punycode) or of a parent domain."""
    labels = host.split(".")
    parents = (".".join(labels[start:]) for start in range(len(labels)))
    return next((_BY_DOMAIN[domain] for domain in parents if domain in _BY_DOMAIN), None)


def shape_named(name: str) -> Shape | None:
    """Return the shape of a link by its name, None for a plain link's."""
    return _BY_NAME.get(name)


def page_of(address: Address) -> str:
    """Return "host/path" as the tables' patterns match it."""
    return address.host.removeprefix("www.").removeprefix("m.") + address.path.rstrip("/")


def is_short(address: Address) -> bool:
    """Whether this is a short link, which says where it leads only when it is asked."""
    return SHORT_LINK.fullmatch(page_of(address)) is not None


def match(host: Host, address: Address) -> Match | None:
    """Return the host's first shape that matches the address, read as it is, without what follows it, or decoded."""
    for reading in _readings(address):
        for shape in host.shapes:
            ids = _ids(shape, reading)
            if ids is not None:
                return Match(shape, ids)
    return None


def unwrapped(address: Address) -> Address:
    """Return the address inside of a pasted player or a redirect, any other address unchanged."""
    for _ in range(_MOST_WRAPPERS):
        inner = _inner(address)
        if inner is None:
            return address
        address = inner
    return address


def _readings(address: Address) -> Iterator[Address]:
    yield address
    text = str(address)
    for other in (trimmed(text), unquote(text), unquote(unquote(text))):
        if other != text:
            try:
                yield read_address(unescape(other))
            except ValidationError:
                continue


def _ids(shape: Shape, address: Address) -> dict[str, str] | None:
    found = shape.pattern.fullmatch(page_of(address))
    if found is None:
        return None
    values = address.values()
    fitting = {param.to: values[param.name] for param in shape.params if _fits(param, values)}
    if any(_is_lost(param, shape, values) for param in shape.params if param.to not in fitting):
        return None
    return fitting | {name: value for name, value in found.groupdict().items() if value is not None}


def _fits(param: Param, values: Mapping[str, str]) -> bool:
    return re.fullmatch(param.pattern, values.get(param.name, "")) is not None


def _is_lost(param: Param, shape: Shape, values: Mapping[str, str]) -> bool:
    """Whether the shape cannot do without this parameter: it is required, or a secret of another form."""
    return param.is_required or (param.to in shape.secrets and bool(values.get(param.name)))


def _inner(address: Address) -> Address | None:
    page = page_of(address)
    wrapper = next((each for each in WRAPPERS if each.pattern.fullmatch(page)), None)
    values = address.values()
    held = next((values[name] for name in wrapper.params if values.get(name)), "") if wrapper else ""
    inner = _read_held(held, address) if held else None
    if wrapper is None or inner is None or inner == address:
        return None
    is_same_host = find_host(inner.host) is find_host(address.host)
    return _with_carried(inner, wrapper, values) if wrapper.is_redirect or is_same_host else None


def _read_held(held: str, address: Address) -> Address | None:
    """Return the address in a parameter: encoded once or more, an URI, or a path at the same host."""
    while (decoded := unquote(held)) != held and not re.match(r"https?://", held):
        held = decoded
    if uri := _URI.fullmatch(held):
        host = {"spotify": "open.spotify.com", "soundcloud": "api.soundcloud.com"}[uri["host"]]
        held = f"https://{host}/{uri['rest'].replace(':', '/')}"
    elif held.startswith("/"):
        held = f"https://{address.host}{held}"
    try:
        return read_address(unescape(held))
    except ValidationError:
        return None


def _with_carried(inner: Address, wrapper: Wrapper, values: Mapping[str, str]) -> Address:
    there = inner.values()
    more = [f"{name}={values[name]}" for name in wrapper.carried if values.get(name) and not there.get(name)]
    return replace(inner, query="&".join(filter(None, [inner.query, *more])))
