"""The filter and order of the queue."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from catalog.music.query_values import Tempo
from desk.search.ranges import ScoreRange
from desk.search.term_table import BY_NAME, TERMS, USUAL_ORDERS
from kit.query import lexemes
from kit.query.day_words import Days
from kit.query.text import quoted_word
from kit.query.values import is_list
from submissions.query_words import ANY, ASKED, SIDES, TermName
from submissions.transition_table import WAITING

SIDE_OF = {state: side for side in SIDES if side != ANY for state in SIDES[side]}


@dataclass(frozen=True, slots=True)
class Query:
    """What the queue shows; the default is what waits for the label, due first.

    `unwanted` words and `excluded` terms, by name, are left out. Equal queries have equal texts: defaults are left
    out, and lists are sorted.
    """

    words: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    ball: str = ""
    artists: tuple[str, ...] = ()
    intake: str = ""
    genres: tuple[str, ...] = ()
    tempo: Tempo | None = None
    keys: tuple[str, ...] = ()
    mixes: tuple[str, ...] = ()
    ai: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    wav: str = ""
    exclusivity: tuple[str, ...] = ()
    older: int = 0
    newer: int = 0
    due: Days | str | None = None
    is_overdue: bool = False
    link: str = ""
    is_first: bool = False
    is_held: bool = False
    tags: tuple[str, ...] = ()
    assignee: str = ""
    scores: ScoreRange | None = None
    received: Days | str | None = None
    opened: Days | str | None = None
    answered: Days | str | None = None
    silent: Days | str | None = None
    promise: str = ""
    reasons: tuple[str, ...] = ()
    opener: str = ""
    release: Days | str | None = None
    catalogue: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sort: str = ""
    unwanted: tuple[str, ...] = ()
    excluded: tuple[tuple[str, Any], ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.default == ():
                object.__setattr__(self, field.name, _in_order(field.name, getattr(self, field.name)))
        if self.ball == self._usual_ball:
            object.__setattr__(self, "ball", "")
        if self.sort == USUAL_ORDERS[self.side]:
            object.__setattr__(self, "sort", "")

    @property
    def side(self) -> str:
        """The side it is about: its own, else that of its states, else ours."""
        sides = {SIDE_OF.get(state, ANY) for state in self.states}
        implied = sides.pop() if len(sides) == 1 else self._usual_ball
        return self.ball or implied

    @property
    def order(self) -> str:
        """The name of its order."""
        return self.sort or USUAL_ORDERS[self.side]

    @property
    def term_values(self) -> dict[str, Any]:
        """The values of the terms that are set, by the term's name."""
        return {term.name: getattr(self, term.field) for term in TERMS if self._is_set(term.field)}

    @property
    def text(self) -> str:
        """The canonical text: words, then terms in the table's order, then the same of what is left out."""
        return _text_of(self)

    @property
    def url(self) -> str:
        """Its query string."""
        return _url_of(self)

    @property
    def searched_states(self) -> list[str] | None:
        """The states it searches, sorted; None for all."""
        side = self.ball or self._usual_ball
        limits: list[Iterable[str]] = [
            self.states if ASKED not in self.states else (),
            SIDES[side] if side != ANY else (),
            WAITING if self.is_overdue else (),
        ]
        sets = [{str(state) for state in limit} for limit in limits if limit]
        excluded = dict(self.excluded)
        left_out = {*excluded.get(TermName.IS, ()), *SIDES.get(excluded.get(TermName.BALL, ""), ())} - {ASKED}
        if not sets and not left_out:
            return None
        return sorted(set.intersection(*(sets or [set(SIDES[ANY])])) - left_out)

    @property
    def is_narrowed(self) -> bool:
        """Whether it filters by more than side and state."""
        is_filtered = self.term_values.keys() - {TermName.IS, TermName.BALL, TermName.SORT}
        return bool(self.words or self.unwanted or self.excluded or is_filtered)

    def with_values(self, **values: Any) -> "Query":
        """Return the query with these fields changed."""
        return _changed(self, **values)

    @property
    def _usual_ball(self) -> str:
        """The side that is searched where none is named."""
        return ANY if self.states or self.is_held else "us"

    def _is_set(self, name: str) -> bool:
        return bool(getattr(self, name) != type(self).__dataclass_fields__[name].default)


@lru_cache(maxsize=1000)
def _text_of(query: Query) -> str:
    terms = [BY_NAME[name].text(value) for name, value in query.term_values.items()]
    left_out = [
        *map(quoted_if_needed, query.unwanted),
        *(BY_NAME[name].text(value) for name, value in query.excluded),
    ]
    return " ".join([*map(quoted_if_needed, query.words), *terms, *(f"-{each}" for each in left_out)])


@lru_cache(maxsize=1000)
def _url_of(query: Query) -> str:
    return f"?{urlencode({'q': query.text})}"


@lru_cache(maxsize=1000)
def _changed(query: Query, **values: Any) -> Query:
    return replace(query, **values)


def _in_order(name: str, value: tuple[Any, ...]) -> tuple[Any, ...]:
    if name in ("words", "unwanted"):
        return tuple(dict.fromkeys(map(lexemes.clean, value)))
    if name != "excluded":
        return tuple(sorted(set(value)))
    values = {each: tuple(sorted(set(of))) if is_list(of) else of for each, of in value}
    return tuple((str(term.name), values[term.name]) for term in TERMS if term.name in values)


def quoted_if_needed(word: str) -> str:
    """Return a word or phrase as text, in quotes where it would be read as something else."""
    return quoted_word(word, BY_NAME)
