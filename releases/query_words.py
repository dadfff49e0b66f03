"""The query language of the list of releases: names of its terms, and how their values are written.

`releases.list_page` reads queries; insights write them for their links. Terms are written in the order of `TermName`.
"""

from collections.abc import Mapping
from enum import StrEnum

YES, NO = "yes", "no"
ANY, NONE = "any", "none"
AT_RISK, LATE, OVERDUE, OWED = "yes", "late", "overdue", "owed"


class TermName(StrEnum):
    """The name of a term, before its colon."""

    STATE = "state"
    KIND = "kind"
    RISK = "risk"
    AREA = "area"
    RELEASE = "release"
    DUE = "due"
    ARTIST = "artist"
    CAT = "cat"
    OUT = "out"
    ON_TIME = "on-time"
    DONE = "done"
    CRAFT = "craft"


def query_text(terms: Mapping[TermName, str]) -> str:
    """Return the query with these terms and their written values."""
    return " ".join(f"{name}:{terms[name]}" for name in TermName if name in terms)
