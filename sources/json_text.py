"""JSON of strangers: parsed within limits, and read without trust in any type."""

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

DEEPEST = 40


class Unreadable(ValueError):
    """It is not what the source is known to answer."""


def parse(body: bytes) -> Any:
    """Return JSON that the database can store: no NUL, no lone surrogate, no infinity. Raises Unreadable."""
    try:
        value = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Unreadable("no JSON") from None
    return _cleaned(value, DEEPEST)


def mapping(value: Any, key: str = "") -> dict[str, Any]:
    """Return an object, or the one under a key, empty if there is none. Raises Unreadable for what is no object."""
    if key:
        inner = mapping(value).get(key)
        return inner if isinstance(inner, dict) else {}
    if not isinstance(value, dict):
        raise Unreadable("no object")
    return value


def rows(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list under a key; nothing if there is none."""
    found = mapping(value).get(key)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def listed(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list that has to be there. Raises Unreadable if it is not."""
    if not isinstance(mapping(value).get(key), list):
        raise Unreadable("a list is missing")
    return rows(value, key)


def text(value: Any, key: str, most: int = 300) -> str:
    """Return the text under a key, "" if there is none."""
    found = mapping(value).get(key)
    return clean(found)[:most] if isinstance(found, str) else ""


def number(value: Any, key: str, most: int = 10**9) -> int | None:
    """Return the whole number from 0 to `most` under a key, None if there is none."""
    found = mapping(value).get(key)
    if not isinstance(found, int | float) or isinstance(found, bool):
        return None
    return int(found) if 0 <= found <= most else None


def needed(found: str) -> str:
    """Return a text that an answer cannot do without. Raises Unreadable for an empty one."""
    if not found:
        raise Unreadable("a text is missing")
    return found


def clean(words: str) -> str:
    """Return words that can be stored and sent: no NUL, no lone surrogate, single spaces."""
    return " ".join(words.replace("\x00", "").encode("utf-8", "replace").decode().split())


def _refuse(constant: str) -> NoReturn:
    raise Unreadable(constant)


def _cleaned(value: Any, depth: int) -> Any:
    if depth < 0:
        raise Unreadable("too deep")
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, float) and not math.isfinite(value):
        raise Unreadable("infinite")
    if isinstance(value, dict):
        return {_cleaned(key, depth): _cleaned(each, depth - 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_cleaned(each, depth - 1) for each in value]
    return value
