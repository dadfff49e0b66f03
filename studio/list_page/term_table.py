"""The terms of the table's query, in the order in which a query is written.

To add one: a name in `studio.query_words`, a row here and its condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from kit.query.days import days_reader, write_days
from kit.query.values import Reader, comma_separated, joined, names, one_of, write_names
from studio.choices import State, Visibility
from studio.effects.facts import FIRST_YEAR, LAST_YEAR
from studio.list_page import conditions
from studio.list_page.conditions import ListContext
from studio.list_page.ranges import numbers_reader, write_numbers
from studio.query_words import NO, YES, TermName

STATE_WORDS = {each.value.replace("_", "-"): each.value for each in State}
VISIBLE_WORDS = {each.value: each.value for each in Visibility}
ANSWER_WORDS = {YES: YES, NO: NO}
SORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lately": ("-touched_at", "-id"),
        "untouched": ("touched_at", "id"),
        "title": ("title_order", "id"),
        "done": ("-share_done", "-id"),
    }
)
SORT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "lately": "Recently worked on",
        "untouched": "Longest untouched",
        "title": "Title",
        "done": "Closest to done",
    }
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its name, an example, what it finds, and its condition on a project."""

    name: TermName
    example: str
    meaning: str
    read: Reader
    write: Callable[[Any], str]
    condition: Callable[[Any, ListContext], Q]
    is_flag: bool = False

    def text(self, value: Any) -> str:
        """Return the term as text."""
        return f"{self.name}:{self.write(value)}"


def _write_states(value: tuple[str, ...]) -> str:
    return joined(each.replace("_", "-") for each in value)


TERMS = (
    Term(
        TermName.STATE,
        "state:planned,in-progress",
        f"in one of these states: {', '.join(STATE_WORDS)}",
        comma_separated(one_of("state", STATE_WORDS)),
        _write_states,
        conditions.in_states,
    ),
    Term(
        TermName.ARTIST,
        'artist:"maya ray"',
        "the artist’s name contains this",
        names,
        write_names,
        conditions.by_artists,
    ),
    Term(
        TermName.ALBUM,
        "album:tides",
        "the album’s title contains this",
        names,
        write_names,
        conditions.on_albums,
    ),
    Term(
        TermName.PACK,
        "pack:harbour",
        "the pack’s title contains this; none: not in a pack",
        names,
        write_names,
        conditions.in_packs,
    ),
    Term(
        TermName.YEAR,
        "year:2024-2026",
        "from these years",
        numbers_reader("year", FIRST_YEAR, LAST_YEAR),
        write_numbers,
        conditions.of_years,
    ),
    Term(
        TermName.DONE,
        "done:80-",
        "this much is done, in per cent; also done:-20 and done:100",
        numbers_reader("percentage", 0, 100),
        write_numbers,
        conditions.as_far,
    ),
    Term(
        TermName.WORKED,
        "worked:this-week",
        "last worked on in this period",
        days_reader(),
        write_days,
        conditions.worked_on,
    ),
    Term(
        TermName.MINE,
        "mine:no",
        "yes: your own; no: other people’s, with you in the crew",
        one_of("answer", ANSWER_WORDS),
        str,
        conditions.of_mine,
    ),
    Term(
        TermName.VISIBLE,
        "visible:public",
        "public: everybody who is signed in can see it; private: only owner and crew",
        comma_separated(one_of("answer", VISIBLE_WORDS)),
        joined,
        conditions.visible,
    ),
    Term(
        TermName.SORT,
        "sort:untouched",
        f"in this order: {', '.join(SORTS)}",
        one_of("order", {word: word for word in SORTS}),
        str,
        lambda value, context: Q(),
    ),
)

BY_NAME: Mapping[str, Term] = MappingProxyType({term.name.value: term for term in TERMS})
