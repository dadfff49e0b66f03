"""Pasted web addresses, normalised to ASCII; misleading ones are refused.

Reads addresses as browsers do (WHATWG URL), and refuses those on which browsers and Python disagree: backslashes,
"ß" in a host name, numbers that browsers take for IP addresses.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from string import ascii_letters, digits
from urllib.parse import SplitResult, quote

from django.core.exceptions import ValidationError

from kit.urls import MALFORMED, split_url

MAX_LENGTH = 2000

_PORTS = {"http": 80, "https": 443}
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_ENCODED_CONTROL = re.compile(r"%(?:[01][0-9a-f]|7f)", re.IGNORECASE)
_ENCODED = re.compile(r"%[0-9a-fA-F]{2}")
_DOT_SEGMENT = re.compile(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?P<top>[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9]))")
_LOCAL = frozenset(
    {
        "arpa",
        "corp",
        "home",
        "internal",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "onion",
        "private",
        "test",
    }
)
"""Top-level names without public hosts (RFC 6761 and 6762, ICANN's collision list)."""

_UNRESERVED = {f"%{ord(sign):02X}": sign for sign in f"{ascii_letters}{digits}-._~"}
_SAFE = "%/:@!$&()*+,;=~._-"


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a web address, percent-encoded, the host in lower-case punycode without its port."""

    scheme: str
    host: str
    path: str
    query: str
    fragment: str

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{self.host}{self.path}{query}{fragment}"

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the query's (name, value) pairs, still percent-encoded."""
        for piece in self.query.split("&"):
            name, _, value = piece.partition("=")
            yield name, value

    def values(self) -> dict[str, str]:
        """Return the values of query and fragment by name; the first of a name counts, as at most hosts."""
        pieces = [*self.query.split("&"), *self.fragment.lstrip("!").split("&")]
        return dict(piece.partition("=")[::2] for piece in reversed(pieces))

    def without_params(self, names: frozenset[str]) -> "Address":
        """Return the address without these query parameters (lower case) and utm_*; the others keep their order."""
        kept = [piece for piece in self.query.split("&") if not _is_named(piece.partition("=")[0], names)]
        return replace(self, query="&".join(kept))


def _is_named(name: str, names: frozenset[str]) -> bool:
    return name.lower() in names or name.lower().startswith("utm_")


def read_address(text: str) -> Address:
    """Return the address in ``text``, stripped; reading its ``str()`` again gives the same address.

    Raises ValidationError with code "not_http", "characters", "too_long", "userinfo", "port" or "host".
    """
    typed = text.strip()
    _refuse_length(typed)
    _refuse_characters(typed)
    parts = _split(typed)
    _refuse_authority(parts)
    path, query, fragment = (_percent_encode(part) for part in (parts.path, parts.query, parts.fragment))
    address = Address(parts.scheme, _host(parts.hostname or ""), path or "/", query, fragment)
    _refuse_length(str(address))
    return address


def _refuse_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ValidationError(f"A link may have at most {MAX_LENGTH} characters.", code="too_long")


def _refuse_characters(typed: str) -> None:
    if any(sign == "\\" or unicodedata.category(sign) in _FORBIDDEN_CATEGORIES for sign in typed):
        raise ValidationError(
            "A link holds no spaces, backslashes or invisible characters. Paste one address only.",
            code="characters",
        )
    if _ENCODED_CONTROL.search(typed):
        raise ValidationError("This link holds encoded control characters.", code="characters")


def _split(typed: str) -> SplitResult:
    parts = split_url(typed)
    if parts is MALFORMED:
        raise _bad_host()
    if parts.scheme not in _PORTS:
        raise ValidationError("A link starts with https:// (or http://).", code="not_http")
    if _DOT_SEGMENT.search(parts.path):
        raise ValidationError("The path of a link must not hold “.” or “..” as a step.", code="characters")
    return parts


def _refuse_authority(parts: SplitResult) -> None:
    if "@" in parts.netloc:
        raise ValidationError("A link must not hold a user name or password.", code="userinfo")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port not in (None, _PORTS[parts.scheme]):
        raise ValidationError("A link must not name a port.", code="port")


def _host(typed: str) -> str:
    """Return the host in lower-case punycode, without a final dot."""
    host = _punycode(typed.removesuffix("."))
    named = _HOST.fullmatch(host)
    if named is None or len(host) > 253 or named["top"] in _LOCAL:
        raise _bad_host()
    return host


def _punycode(host: str) -> str:
    if host.isascii():
        return host.lower()
    if len(host) > 253 or set(host) & {"ß", "ς"}:
        raise _bad_host()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _bad_host() from None


def _bad_host() -> ValidationError:
    return ValidationError(
        "A link must name a public host such as soundcloud.com: no IP address, no local or malformed name.",
        code="host",
    )


def _percent_encode(part: str) -> str:
    """Return a part in ASCII, encoded where it has to be and nowhere else (RFC 3986, 6.2.2)."""
    before, written = "", quote(part, safe=_SAFE + "?")
    while before != written:
        before, written = written, _ENCODED.sub(_decoded, written)
    return written


def _decoded(found: re.Match[str]) -> str:
    return _UNRESERVED.get(found[0].upper(), found[0].upper())
