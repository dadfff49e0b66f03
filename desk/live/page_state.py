"""What a page says of the list it shows when it asks what changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from kit import codes

MOST_SEEN = 200
MOST_ARRIVED = 20
"""How many newcomers a page takes in before it should rather be loaded anew."""

_SEEN = re.compile(r"(?P<code>[0-9A-Za-z]{8})\.(?P<stamp>[0-9a-f]{1,16})")


@dataclass(frozen=True, slots=True)
class Watched:
    """The stamps of the rows on a page by reference, when its list was drawn, and how many arrived since.

    Without `since` nothing can arrive.
    """

    stamps: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    arrived: int = 0

    @property
    def room(self) -> int:
        """How many more may arrive."""
        return max(0, MOST_ARRIVED - self.arrived)


def watched_of(query: QueryDict) -> Watched:
    """Read `seen=4K7Q9XMD.a1b2c3~…`, `since=<ISO 8601>` and `arrived=2`; raises BadRequest for what is none."""
    return Watched(
        _stamps(query.get("seen", "")), _since(query.get("since", "")), _arrived(query.get("arrived", ""))
    )


def seen_word(reference: str, stamp: str) -> str:
    """Return how `seen` writes one row, in signs that addresses need not escape."""
    return f"{reference.removeprefix('TF-').replace('-', '')}.{stamp}"


def _stamps(text: str) -> dict[str, str]:
    words = text.split("~") if text else []
    found = [_SEEN.fullmatch(word) for word in words]
    if len(found) > MOST_SEEN or not all(found):
        raise BadRequest("The list on your page cannot be read. Load the page anew.")
    return {_reference(match["code"]): match["stamp"] for match in found if match}


def _reference(code: str) -> str:
    try:
        return codes.normalise("TF", code)
    except ValueError as error:
        raise BadRequest("The list on your page names what is no submission. Load the page anew.") from error


def _since(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text) if text else None
    except ValueError:
        moment = None
    if text and (moment is None or moment.tzinfo is None):
        raise BadRequest("When your list was drawn cannot be read. Load the page anew.")
    return moment


def _arrived(text: str) -> int:
    if text and not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII):
        raise BadRequest("How many arrived cannot be read. Load the page anew.")
    return int(text or 0)
