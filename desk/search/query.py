"""The filter and order of the queue."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from desk.search import full_text
from desk.search.ranges import ScoreRange
from desk.search.term_table import BY_NAME, TERMS
from submissions.query_words import ANY, BALLS, Days, Tempo, TermName
from submissions.state_machine import states_with
from submissions.transition_table import WAITING

PLAIN_SIGNS = set("-–_.,&+'’/()#!?*")
"""Characters besides letters and digits that a word may contain without quotes."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the queue shows; the default is what waits for the label, oldest first.

    Equal queries have equal texts: defaults are left out, and lists are sorted.
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
    scores: ScoreRange | None = None
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
                in_order = dict.fromkeys(map(full_text.clean, value)) if is_words else sorted(set(value))
                object.__setattr__(self, field.name, tuple(in_order))
        if self.ball == (ANY if self.states else "us"):
            object.__setattr__(self, "ball", "")

    @property
    def term_values(self) -> dict[str, Any]:
        """The values of the terms that are set, by the term's name."""
        return {term.name: getattr(self, term.field) for term in TERMS if self._is_set(term.field)}

    @property
    def text(self) -> str:
        """The canonical text: words, then terms in the table's order."""
        terms = [BY_NAME[name].text(value) for name, value in self.term_values.items()]
        return " ".join([*map(quoted_if_needed, self.words), *terms])

    @property
    def url(self) -> str:
        """Its query string."""
        return f"?{urlencode({'q': self.text})}"

    @property
    def searched_states(self) -> list[str] | None:
        """The states it searches, sorted; None for all."""
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
        """Whether it filters by more than side and state."""
        return bool(self.words or self.term_values.keys() - {TermName.IS, TermName.BALL, TermName.SORT})

    def with_values(self, **values: Any) -> "Query":
        """Return the query with these fields changed."""
        return replace(self, **values)

    def _is_set(self, name: str) -> bool:
        return bool(getattr(self, name) != type(self).__dataclass_fields__[name].default)


def quoted_if_needed(word: str) -> str:
    """Return a word or phrase as text, in quotes where it would be read as something else."""
    is_plain = all(sign.isalnum() or sign in PLAIN_SIGNS for sign in word) and not word.startswith("-")
    return word if is_plain and word.casefold() not in BY_NAME else f'"{word}"'
