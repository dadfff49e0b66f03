"""A query of the list of releases: read from text, written again, asked of rows."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kit.query.text import QueryError, added, normalised, quoted_word, read_term, read_token, tokens
from kit.query.values import TermError, is_list, unquoted
from labels.models import Label
from releases.choices import State
from releases.list_page.conditions import ListContext, naming
from releases.list_page.term_table import BY_NAME, TERMS
from releases.models import Release
from releases.models.release import DUE_ORDER
from releases.query_words import TermName
from releases.transition_table import LIVE

LONGEST_WORD = 150
PAST = frozenset({State.RELEASED.value, State.CANCELLED.value})


@dataclass(frozen=True)
class Query:
    """Words and terms by name, wanted and left out. Without a state it is about what is still to come out."""

    words: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    terms: dict[str, Any] = field(default_factory=dict)
    excluded: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The query as it is written shortest."""
        left_out = [*_words(self.unwanted), *_texts(self.excluded)]
        return " ".join([*_words(self.words), *_texts(self.terms), *(f"-{each}" for each in left_out)])

    @property
    def order(self) -> tuple[str, ...]:
        """What is over comes newest first, all else as it is due."""
        states = self.terms.get(TermName.STATE, ())
        return ("-date_order", "-id") if states and PAST.issuperset(states) else ("date_order", "id")

    def without(self, *names: str) -> "Query":
        """Return the query without these terms; what they leave out stays."""
        kept = {name: value for name, value in self.terms.items() if name not in names}
        return replace(self, terms=kept)

    def narrow(
        self, rows: QuerySet[Release], label: Label, *, today: date, lead_days: int
    ) -> QuerySet[Release]:
        """Return the rows that fit, of those that `by_date` has annotated."""
        rows = rows.annotate(due_order=DUE_ORDER)
        if TermName.STATE not in self.terms:
            rows = rows.filter(state__in=sorted(LIVE))
        context = ListContext(label, today, lead_days, self.terms)
        for name, value in self.terms.items():
            rows = rows.filter(BY_NAME[name].condition(value, context))
        context = ListContext(label, today, lead_days, self.excluded)
        for name, value in self.excluded.items():
            rows = rows.exclude(BY_NAME[name].condition(value, context))
        for word in self.words:
            rows = rows.filter(naming(word))
        for word in self.unwanted:
            rows = rows.exclude(naming(word))
        return rows


def parse(text: str) -> Query:
    """Return the query of a text; raises QueryError."""
    query, messages = Query(), []
    for typed in tokens(normalised(text), BY_NAME):
        try:
            query = _with(query, typed)
        except TermError as wrong:
            messages.append(str(wrong))
    if messages:
        raise QueryError(messages)
    return query


def _with(query: Query, typed: str) -> Query:
    term, text, is_left_out = read_token(typed, BY_NAME)
    if term is None:
        word = _word(text)
        if is_left_out:
            return replace(query, unwanted=_once(*query.unwanted, word))
        return replace(query, words=_once(*query.words, word))
    values = query.excluded if is_left_out else query.terms
    value = added(values.get(term.name), read_term(term, text), f"{'-' * is_left_out}{term.name}")
    changed = values | {term.name.value: tuple(sorted(set(value))) if is_list(value) else value}
    return replace(query, excluded=changed) if is_left_out else replace(query, terms=changed)


def _word(text: str) -> str:
    word = unquoted(text)
    if not any(sign.isalnum() for sign in word):
        raise TermError(f"“{word}” has no letter and no digit to look for.")
    if len(word) > LONGEST_WORD:
        raise TermError(f"“{word[:20]}…” is too long to look for: {LONGEST_WORD} characters at most.")
    return word


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _words(words: tuple[str, ...]) -> list[str]:
    return [quoted_word(word, BY_NAME) for word in words]


def _texts(values: dict[str, Any]) -> list[str]:
    return [term.text(values[term.name]) for term in TERMS if term.name in values]
