"""The whole filter of the queue, order included."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from desk.search import full_text as searching
from desk.search.day_ranges import Scores
from desk.search.term_table import BY_NAME, TERMS
from submissions.query_words import ANY, BALLS, Days, Tempo, TermName
from submissions.state_machine import states_with
from submissions.transition_table import WAITING

BARE = set("-–_.,&+'’/()#!?*")
"""What may stand in a word without quotes, beside letters and digits."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the queue shows; without anything, what waits for the label, oldest first.

    Equal queries have equal texts: what goes without saying is left out, and lists are sorted.
    """

    words: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    ball: str = ""
    intake: str = ""
    genres: tuple[str, ...] = ()
    tempo: Tempo | None = None
    keys: tuple[str, ...] = ()
    mixes: tuple[str, ...] = ()
    ai: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    older: int = 0
    newer: int = 0
    is_overdue: bool = False
    link: str = ""
    is_first: bool = False
    tags: tuple[str, ...] = ()
    assignee: str = ""
    scores: Scores | None = None
    received: Days | str | None = None
    opened: Days | str | None = None
    answered: Days | str | None = None
    silent: Days | str | None = None
    promise: str = ""
    reasons: tuple[str, ...] = ()
    opener: str = ""
    sort: str = "oldest"

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.default == ():
                is_words = field.name == "words"
                in_order = dict.fromkeys(map(searching.clean, value)) if is_words else sorted(set(value))
                object.__setattr__(self, field.name, tuple(in_order))
        if self.ball == (ANY if self.states else "us"):
            object.__setattr__(self, "ball", "")

    @property
    def said(self) -> dict[str, Any]:
        """The values of the terms that say something, by the term's name."""
        return {term.name: getattr(self, term.field) for term in TERMS if self._says(term.field)}

    @property
    def text(self) -> str:
        """The canonical text: words first, then terms in the table's order."""
        terms = [BY_NAME[name].text(value) for name, value in self.said.items()]
        return " ".join([*map(written, self.words), *terms])

    @property
    def url(self) -> str:
        """The query string of an address that shows this."""
        return f"?{urlencode({'q': self.text})}"

    @property
    def reach(self) -> list[str] | None:
        """The states it can find, sorted; None for all that a desk has."""
        side = BALLS[self.ball or (ANY if self.states else "us")]
        limits: list[Iterable[str]] = [
            self.states,
            states_with(side) if side else (),
            WAITING if self.is_overdue else (),
        ]
        sets = [{str(state) for state in limit} for limit in limits if limit]
        return sorted(set.intersection(*sets)) if sets else None

    @property
    def is_narrowed(self) -> bool:
        """Whether it says more than a side, states and an order."""
        return bool(self.words or self.said.keys() - {TermName.IS, TermName.BALL, TermName.SORT})

    def but(self, **changed: Any) -> "Query":
        """Return the same query with other values in these fields."""
        return replace(self, **changed)

    def _says(self, name: str) -> bool:
        return bool(getattr(self, name) != type(self).__dataclass_fields__[name].default)


def written(word: str) -> str:
    """Return a word or phrase as one writes it, in quotes where it would be read as something else."""
    is_plain = all(sign.isalnum() or sign in BARE for sign in word) and not word.startswith("-")
    return word if is_plain and word.casefold() not in BY_NAME else f'"{word}"'
