"""The terms of the list's query, in the order in which a query is written.

To add one: a name in `recordings.query_words`, a row here and its condition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from catalog.music import query_values
from kit.query.lexemes import is_findable
from kit.query.values import Reader, TermError, comma_separated, joined, names, one_of, write_names
from recordings.choices import FileState, Kind
from recordings.list_page import conditions, ranges
from recordings.list_page.conditions import ListContext
from recordings.query_words import ALIASES, NO, YES, TermName

KIND_WORDS = {each.value: each.value for each in Kind}
STATE_WORDS = {each.value: each.value for each in FileState}
ANSWER_WORDS = {YES: YES, NO: NO}
SORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "newest": ("-created_at", "-id"),
        "oldest": ("created_at", "id"),
        "title": ("title_order", "id"),
        "artist": ("artist_order", "id"),
        "slowest": ("tempo_order", "id"),
        "fastest": ("-tempo_order", "-id"),
        "shortest": ("length_order", "id"),
        "longest": ("-length_order", "-id"),
        "quietest": ("loudness_order", "id"),
        "loudest": ("-loudness_order", "-id"),
    }
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its name, what it is called beside a control, an example, what it finds, and its condition."""

    name: TermName
    label: str
    example: str
    meaning: str
    read: Reader
    write: Callable[[Any], str]
    condition: Callable[[Any, ListContext], Q]
    is_flag: bool = False

    def text(self, value: Any) -> str:
        """Return the term as text."""
        return f"{self.name}:{self.write(value)}"


def _artists(text: str) -> tuple[str, ...]:
    found = names(text)
    for each in found:
        if not is_findable(each):
            raise TermError(f"“{each}” has no letter and no digit to look for.")
    return found


TERMS = (
    Term(
        TermName.SHELF,
        "Shelf",
        'shelf:"masters"',
        "on one of these shelves, by name or by the number of the folder",
        names,
        write_names,
        conditions.on_shelves,
    ),
    Term(
        TermName.KIND,
        "Kind",
        "kind:set,live",
        f"of one of these kinds: {', '.join(KIND_WORDS)}",
        comma_separated(one_of("kind", KIND_WORDS)),
        joined,
        conditions.of_kinds,
    ),
    Term(
        TermName.STATE,
        "Files",
        "state:missing,unreadable",
        f"with a file in one of these states: {', '.join(STATE_WORDS)}",
        comma_separated(one_of("state of a file", STATE_WORDS)),
        joined,
        conditions.with_files,
    ),
    Term(
        TermName.ARTIST,
        "Artist",
        'artist:"mara lindqvist"',
        "by an artist whose name has these words or their beginnings",
        _artists,
        write_names,
        conditions.by_artists,
    ),
    Term(
        TermName.GENRE,
        "Genre",
        'genre:techno,"tech house"',
        "in one of these genres or subgenres, or unknown",
        query_values.genres,
        joined,
        conditions.of_genres,
    ),
    Term(
        TermName.BPM,
        "BPM",
        "bpm:122-128",
        "in this range of tempos, ends included; also bpm:128, bpm:120-, bpm:-128 and bpm:unknown, and tempo: for bpm:",
        query_values.tempo,
        query_values.write_tempo,
        conditions.in_tempo,
    ),
    Term(
        TermName.KEY,
        "Key",
        "key:8A,F#m",
        "in one of these keys, by Camelot code or name, or unknown",
        comma_separated(query_values.key),
        joined,
        conditions.in_keys,
    ),
    Term(
        TermName.MIXES,
        "Mixes with key",
        "mixes:8A",
        "in this key, or in one that mixes well with it",
        comma_separated(query_values.mixing_key),
        joined,
        conditions.mixing_with,
    ),
    Term(
        TermName.LENGTH,
        "Length",
        "length:3:00-7:00",
        "this long, ends included; also length:60:00-, length:-2:30 and length:unknown",
        ranges.lengths,
        ranges.write_lengths,
        conditions.as_long_as,
    ),
    Term(
        TermName.LOUDNESS,
        "Loudness",
        "loudness:-9..",
        "this loud in LUFS, ends included; also loudness:-14..-9, loudness:..-14 and loudness:unknown",
        ranges.loudnesses,
        ranges.write_loudnesses,
        conditions.as_loud_as,
    ),
    Term(
        TermName.TRACKLIST,
        "Tracklist",
        "tracklist:no",
        "with a tracklist: yes or no",
        one_of("answer", ANSWER_WORDS),
        str,
        conditions.with_tracklist,
    ),
    Term(
        TermName.MATCHED,
        "Matched",
        "matched:yes",
        "matched to a track or to a signed demo: yes or no",
        one_of("answer", ANSWER_WORDS),
        str,
        conditions.matched,
    ),
    Term(
        TermName.SORT,
        "Order",
        "sort:fastest",
        f"in this order: {', '.join(SORTS)}",
        one_of("order", {word: word for word in SORTS}),
        str,
        lambda value, context: Q(),
    ),
)

BY_NAME: Mapping[str, Term] = MappingProxyType(
    {term.name.value: term for term in TERMS}
    | {alias: next(term for term in TERMS if term.name == name) for alias, name in ALIASES.items()}
)
"""Terms by their names and by other names."""
