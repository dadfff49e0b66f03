"""The query language of the table of projects: names of its terms, in the order in which they are written."""

from enum import StrEnum

YES, NO, NONE = "yes", "no", "none"


class TermName(StrEnum):
    """The name of a term, before its colon."""

    STATE = "state"
    ARTIST = "artist"
    ALBUM = "album"
    PACK = "pack"
    YEAR = "year"
    DONE = "done"
    WORKED = "worked"
    MINE = "mine"
    VISIBLE = "visible"
    SORT = "sort"
