"""Addresses and texts without what opens something or names a mailbox: for logs, traces and error reports."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve

from kit.urls import split_url

HIDDEN = "…"
SECRET_KEYS = frozenset({"token", "key", "uidb36"})
"""Names of what opens something in the paths of the URLconf."""
LONGEST = 500
_MAILBOX = re.compile(r"[^\s<>\"'(,;:=]+@[^\s<>\"'),;:]+")
_URL = re.compile(r"\bhttps?://[^\s<>\"']+")
_WORD = re.compile(r"[A-Za-z0-9_-]{32,}")
_HEX = re.compile(r"[0-9a-f]{32,}")


def cleaned_address(address: str) -> str:
    """Return a URL or path without query, and with `…` for each token in it; of another site's only its host."""
    parts = split_url(address[: 4 * LONGEST])
    if parts.hostname and parts.hostname != split_url(settings.BASE_URL).hostname:
        return (
            f"{parts.scheme}://{parts.hostname}/{HIDDEN}"
            if parts.path.strip("/")
            else f"{parts.scheme}://{parts.hostname}/"
        )
    try:
        kwargs: Mapping[str, Any] = resolve(parts.path).kwargs
    except (Resolver404, ValueError):  # the latter of a converter, or of what is no path
        kwargs = {}
    start = f"{parts.scheme}://{parts.hostname or ''}" if parts.scheme else ""
    return start + cleaned_path(parts.path, kwargs)


def cleaned_path(path: str, kwargs: Mapping[str, Any]) -> str:
    """Return a path, with `…` for each token among what the URLconf found in it, and for what looks like one."""
    path = path[:LONGEST]
    for name in SECRET_KEYS & kwargs.keys():
        path = path.replace(str(kwargs[name]), HIDDEN)
    if ":" in path or "@" in path:
        path = "/".join(HIDDEN if ":" in part or "@" in part else part for part in path.split("/"))
    return _WORD.sub(_cleaned_word, path)


def cleaned_text(text: str) -> str:
    """Return a text without mailboxes and tokens; addresses in it are cleaned."""
    if "://" in text:
        text = _URL.sub(lambda found: cleaned_address(found[0]), text)
    if "@" in text:
        text = _MAILBOX.sub(HIDDEN, text)
    return _WORD.sub(_cleaned_word, text)


def _cleaned_word(found: re.Match[str]) -> str:
    """Hide hexadecimal numbers and signatures; names of functions and constraints are neither."""
    word = found[0]
    is_signature = not word.islower() and not word.isupper() and any(map(str.isdigit, word))
    return HIDDEN if is_signature or _HEX.fullmatch(word) else word
