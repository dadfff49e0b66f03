"""The state of a page that asks what changed: its rows, and when it was loaded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from kit import codes

MOST_ROWS = 200
MOST_ARRIVED = 20
"""How many newcomers a page takes in; beyond that it should be reloaded."""

ROW_WORD = re.compile(r"(?P<code>[0-9A-Za-z]{8})\.(?P<etag>[0-9a-f]{1,16})")


@dataclass(frozen=True, slots=True)
class PageState:
    """The etags of a page's rows by reference, when its list was loaded, and how many rows arrived since.

    Without `since` there are no newcomers.
    """

    etags: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    arrived: int = 0

    @property
    def room(self) -> int:
        """How many more may arrive."""
        return max(0, MOST_ARRIVED - self.arrived)


def page_state_of(query: QueryDict) -> PageState:
    """Read `seen=4K7Q9XMD.a1b2c3~…`, `since=<ISO 8601>` and `arrived=2`; raises BadRequest for anything else."""
    return PageState(
        _etags(query.get("seen", "")), _since(query.get("since", "")), _arrived(query.get("arrived", ""))
    )


def row_word(reference: str, etag: str) -> str:
    """Return one row as `seen` writes it, in characters that URLs need not escape."""
    return f"{reference.removeprefix('TF-').replace('-', '')}.{etag}"


def _etags(text: str) -> dict[str, str]:
    words = text.split("~") if text else []
    found = [ROW_WORD.fullmatch(word) for word in words]
    if len(found) > MOST_ROWS or not all(found):
        raise BadRequest("The list on your page cannot be read. Reload the page.")
    return {_reference(match["code"]): match["etag"] for match in found if match}


def _reference(code: str) -> str:
    try:
        return codes.normalise("TF", code)
    except ValueError as error:
        raise BadRequest(
            "The list on your page names something that is no submission. Reload the page."
        ) from error


def _since(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text) if text else None
    except ValueError:
        moment = None
    if text and (moment is None or moment.tzinfo is None):
        raise BadRequest("When your list was drawn cannot be read. Reload the page.")
    return moment


def _arrived(text: str) -> int:
    if text and not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII):
        raise BadRequest("How many arrived cannot be read. Reload the page.")
    return int(text or 0)
