"""Canonical JSON: the bytes that digests are computed over.

UTF-8, keys sorted and ASCII, no spaces, no floats; decimals and dates are strings, times are UTC with
microseconds, bytes are lower-case hex.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)

Plain = dict[str, "Plain"] | list["Plain"] | str | int | bool | None


def plain(value: Any) -> Plain:
    """Return a value as JSON types; TypeError or ValueError if it has no canonical form."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return _text(value)
        case Decimal():
            return _decimal(value)
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case Mapping():
            return {_key(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def encode(value: Any) -> bytes:
    """Return the canonical bytes of a value."""
    return _ENCODER.encode(plain(value)).encode()


def digest(*parts: bytes) -> bytes:
    """Return the SHA-256 (32 bytes) of the concatenated parts."""
    return sha256(b"".join(parts)).digest()


def stamp(values: Mapping[str, Any]) -> str:
    """Return a short digest of what a form showed, for its hidden field: whoever saves an old page is told."""
    return digest(encode(values)).hex()[:16]


def moment(value: datetime) -> str:
    """Return an aware datetime as `YYYY-MM-DDTHH:MM:SS.ffffffZ`; ValueError for a naive one."""
    if value.tzinfo is None:
        raise ValueError("a naive time has no canonical form")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("a decimal must be finite")
    return format(value, "f")


def _text(value: str) -> str:
    if "\x00" in value or (not value.isascii() and SURROGATE.search(value)):
        raise ValueError("text must hold no NUL and no lone surrogate")
    return str(value)


def _key(value: object) -> str:
    if not isinstance(value, str) or not value.isascii():
        raise TypeError("keys must be ASCII text")
    return _text(value)
