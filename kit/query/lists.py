"""A list's query: words and terms, read from text and written again. Each list has its own table of terms."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol, Self

from kit.query.text import (
    QueryError,
    ReadableTerm,
    added,
    normalised,
    quoted_word,
    read_term,
    read_token,
    tokens,
)
from kit.query.values import TermError, is_list, unquoted

LONGEST_WORD = 150


class WritableTerm(ReadableTerm, Protocol):
    """What a row of a term table says for reading and writing it."""

    @property
    def text(self) -> Callable[[Any], str]: ...


@dataclass(frozen=True)
class ListQuery:
    """Words and terms by name, wanted and left out. `known` are the terms by each name they may be typed with."""

    words: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    terms: dict[str, Any] = field(default_factory=dict)
    excluded: dict[str, Any] = field(default_factory=dict)

    known: ClassVar[Mapping[str, Any]]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the query of a text; raises QueryError."""
        query, messages = cls(), []
        for typed in tokens(normalised(text), cls.known):
            try:
                query = query._with(typed)
            except TermError as wrong:
                messages.append(str(wrong))
        if messages:
            raise QueryError(messages)
        return query

    @property
    def text(self) -> str:
        """The query as it is written shortest."""
        return " ".join(self.parts)

    @property
    def parts(self) -> list[str]:
        """The same as words and terms."""
        left_out = [*self._quoted(self.unwanted), *self._texts(self.excluded)]
        wanted = [*self._quoted(self.words), *self._texts(self.terms)]
        return [*wanted, *(f"-{each}" for each in left_out)]

    def without(self, *names: str) -> Self:
        """Return the query without these terms; what they leave out stays."""
        kept = {name: value for name, value in self.terms.items() if name not in names}
        return replace(self, terms=kept)

    def _with(self, typed: str) -> Self:
        term, text, is_left_out = read_token(typed, self.known)
        if term is None:
            word = _word(text)
            if is_left_out:
                return replace(self, unwanted=_once(*self.unwanted, word))
            return replace(self, words=_once(*self.words, word))
        values = self.excluded if is_left_out else self.terms
        value = added(values.get(term.name), read_term(term, text), f"{'-' * is_left_out}{term.name}")
        changed = values | {str(term.name): tuple(sorted(set(value))) if is_list(value) else value}
        return replace(self, excluded=changed) if is_left_out else replace(self, terms=changed)

    def _quoted(self, words: Iterable[str]) -> list[str]:
        return [quoted_word(word, self.known) for word in words]

    def _texts(self, values: Mapping[str, Any]) -> list[str]:
        terms = {str(term.name): term for term in self.known.values()}
        return [term.text(values[name]) for name, term in terms.items() if name in values]


def _word(text: str) -> str:
    word = unquoted(text)
    if not any(sign.isalnum() for sign in word):
        raise TermError(f"“{word}” has no letter and no digit to look for.")
    if len(word) > LONGEST_WORD:
        raise TermError(f"“{word[:20]}…” is too long to look for: {LONGEST_WORD} characters at most.")
    return word


def _once(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
