"""Parsing the text of a query."""

import re
from itertools import zip_longest
from typing import Any

from catalog.music import known_genres
from desk.search.query import Query
from desk.search.term_table import BY_NAME, Term
from kit.query import lexemes
from kit.query.text import LONGEST, TOKEN, QueryError, added, normalised, read_term, read_token, tokens
from kit.query.values import TermError
from submissions.query_words import TermName

IS_HELD = re.compile(r"^(-*)is:held$", re.IGNORECASE)
"""A track is held in any state, so it is a term of its own."""
HALF_A_NAME = re.compile(r"[\w&/]+'?")


class QueryBuilder:
    """Collects field values and error messages while a text or a form is read."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.excluded: dict[str, Any] = {}
        self.signs: list[str] = []
        self.messages: list[str] = []

    def add(self, term: Term, text: str, *, is_left_out: bool = False) -> None:
        """Add the value of a term; raises TermError."""
        if is_left_out and term.name == TermName.SORT:
            raise TermError("An order cannot be left out. Write sort: without the minus.")
        values, key = (self.excluded, term.name.value) if is_left_out else (self.values, term.field)
        values[key] = added(values.get(key), read_term(term, text), f"{'-' * is_left_out}{term.name}")

    def add_word(self, text: str, *, is_left_out: bool = False) -> None:
        """Add a word or a phrase; signs between words are skipped. Raises TermError."""
        word = lexemes.clean(text)
        if len(word) > lexemes.LONGEST:
            raise TermError(f"“{word[:20]}…” is too long to look for: {lexemes.LONGEST} characters at most.")
        if not lexemes.is_findable(word):
            self.signs.append(word)
            return
        field = "unwanted" if is_left_out else "words"
        self.values[field] = (*self.values.get(field, ()), word)

    def refuse_signs_alone(self) -> None:
        """Raise TermError if there are signs and no word beside them."""
        if self.signs and not self.values.keys() & {"words", "unwanted"}:
            raise TermError(f"“{self.signs[0]}” has no letter and no digit to look for.")

    def query(self) -> Query:
        return Query(**self.values, excluded=tuple(self.excluded.items()))


def parse(text: str) -> Query:
    """Return the query of a text; raises QueryError."""
    builder = QueryBuilder()
    found = list(tokens(normalised(text), BY_NAME))
    for token, following in zip_longest(found, found[1:], fillvalue=""):
        try:
            _add_token(token, following, builder)
        except TermError as wrong:
            builder.messages.append(str(wrong))
    try:
        builder.refuse_signs_alone()
    except TermError as wrong:
        builder.messages.append(str(wrong))
    if builder.messages:
        raise QueryError(builder.messages)
    return check_length(builder.query())


def check_length(query: Query) -> Query:
    """Return the query; raises QueryError if its text is too long to be read again."""
    if len(query.text) > LONGEST:
        raise QueryError([f"This is too long: {LONGEST} characters at most."])
    return query


def phrases(text: str) -> list[str]:
    """Return the words and quoted phrases of a text without terms; raises TermError."""
    try:
        return TOKEN.findall(normalised(text))
    except QueryError as wrong:
        raise TermError(str(wrong)) from None


def _add_token(typed: str, following: str, builder: QueryBuilder) -> None:
    term, text, is_left_out = read_token(IS_HELD.sub(r"\1held", typed), BY_NAME)
    if term is None:
        builder.add_word(text, is_left_out=is_left_out)
        return
    if term.name == TermName.GENRE:
        _refuse_half_a_name(text, following)
    builder.add(term, text, is_left_out=is_left_out)


def _refuse_half_a_name(value: str, following: str) -> None:
    """Raise TermError where a genre's name goes on in the next word: `genre:tech house` without quotes."""
    last = value.rpartition(",")[2]
    if last and HALF_A_NAME.fullmatch(following) and known_genres.slugs_of(f"{last} {following}"):
        raise TermError(f'Put a name of several words in quotes: genre:"{last} {following}".')
