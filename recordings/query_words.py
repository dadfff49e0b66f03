"""The query language of the list of recordings: names of its terms. Tempo and keys are written as at the desk.

`recordings.list_page` reads queries; other pages write them for their links. Terms are written in the order of
`TermName`.
"""

from collections.abc import Mapping
from enum import StrEnum

from kit.query.values import quoted

YES, NO = "yes", "no"


class TermName(StrEnum):
    """The name of a term, before its colon."""

    SHELF = "shelf"
    KIND = "kind"
    STATE = "state"
    ARTIST = "artist"
    GENRE = "genre"
    BPM = "bpm"
    KEY = "key"
    MIXES = "mixes"
    LENGTH = "length"
    LOUDNESS = "loudness"
    TRACKLIST = "tracklist"
    MATCHED = "matched"
    SORT = "sort"


ALIASES: Mapping[str, TermName] = {"tempo": TermName.BPM}
"""Other names that may be typed."""


def query_text(terms: Mapping[TermName, str]) -> str:
    """Return the query with these terms and their written values."""
    return " ".join(f"{name}:{quoted(terms[name])}" for name in TermName if name in terms)
