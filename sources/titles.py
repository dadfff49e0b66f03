"""Titles as sources write them, mix name and all, taken apart; years and codes read out of text."""

import re
from typing import NamedTuple

_VERSION = r"\b(?:mix|remix|edit|dub|vip|bootleg|mashup|rework|refix|flip|version|instrumental)"
_BRACKETED = re.compile(rf"(?P<title>.*\S)\s*[(\[](?P<mix>[^()\[\]]*{_VERSION})[)\]]\s*", re.IGNORECASE)
_DASHED = re.compile(rf"(?P<title>.*\S)\s+[-–]\s+(?P<mix>[^()\[\]]*{_VERSION})\s*", re.IGNORECASE)
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)\b")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")


class Title(NamedTuple):
    title: str
    mix: str


def split_title(text: str) -> Title:
    """Return a title and the mix name that it ends in, in brackets or after a dash; "" if there is none."""
    found = _BRACKETED.fullmatch(text) or _DASHED.fullmatch(text)
    return Title(found["title"], found["mix"].strip()) if found else Title(text, "")


def year_of(date: str) -> int | None:
    """Return the year that a date such as `2024-05-01` or `2024` begins with."""
    found = _YEAR.match(date)
    return int(found[1]) if found else None


def isrc_of(text: str) -> str:
    """Return an ISRC bare and in capitals, "" for what is none."""
    bare = text.replace("-", "").replace(" ", "").upper()
    return bare if _ISRC.fullmatch(bare) else ""
