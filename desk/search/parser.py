"""Parsing the text of a query."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from catalog.music import known_genres
from desk.search import full_text
from desk.search.query import Query
from desk.search.term_table import BY_NAME, Term
from desk.search.values import TermError, did_you_mean, plain_text
from kit.forms import CONTROL, tidy
from submissions.query_words import TermName

LONGEST = 1000
TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
NAMED_TERM = re.compile(r"(-*[^\W\d_][\w-]*):(.*)", re.DOTALL)
HALF_A_NAME = re.compile(r"[\w&/]+'?")
LEAVES_OUT = re.compile(r"-+(?=[^\s-])")
"""What stands before a word or a term that is to be left out."""


class QueryError(ValueError):
    """A text is no valid query; `messages` has a sentence for each mistake."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


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
        value, before = read_term(term, text), values.get(key)
        if isinstance(before, tuple) and not hasattr(before, "_fields"):
            value = (*before, *value)
        elif before not in (None, value):
            raise TermError(f"“{'-' * is_left_out}{term.name}:” is there twice. Keep one.")
        values[key] = value

    def add_word(self, text: str, *, is_left_out: bool = False) -> None:
        """Add a word or a phrase; signs between words are skipped. Raises TermError."""
        word = full_text.clean(text)
        if len(word) > full_text.LONGEST:
            raise TermError(
                f"“{word[:20]}…” is too long to look for: {full_text.LONGEST} characters at most."
            )
        if not full_text.is_findable(word):
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
    found = list(tokens(normalised(text)))
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


def normalised(text: str) -> str:
    """Return tidied text with plain signs; raises QueryError if it is too long or has control characters."""
    if len(text) > LONGEST:
        raise QueryError([f"This is too long: {LONGEST} characters at most."])
    tidied = tidy(text)
    if CONTROL.search(tidied):
        raise QueryError(["This holds characters that are not text. Type it again by hand."])
    return tidy(plain_text(tidied))


def check_length(query: Query) -> Query:
    """Return the query; raises QueryError if its text is too long to be read again."""
    if len(query.text) > LONGEST:
        raise QueryError([f"This is too long: {LONGEST} characters at most."])
    return query


def tokens(text: str) -> Iterator[str]:
    """Split a text at spaces outside of quotes; `is: new` is one token."""
    pending = ""
    for token in TOKEN.findall(text):
        if pending and NAMED_TERM.match(token):
            yield pending
            pending = ""
        whole = pending + token
        named = NAMED_TERM.match(whole)
        pending = whole if named and not named[2] and named[1].lstrip("-").casefold() in BY_NAME else ""
        if not pending:
            yield whole
    if pending:
        yield pending


def phrases(text: str) -> list[str]:
    """Return the words and quoted phrases of a text without terms; raises TermError."""
    try:
        return TOKEN.findall(normalised(text))
    except QueryError as wrong:
        raise TermError(str(wrong)) from None


def read_term(term: Term, text: str) -> Any:
    """Return the value of a term; raises TermError with a sentence that names the term."""
    try:
        value = term.read(text) if text or term.is_flag else None
    except TermError as wrong:
        raise TermError(f"{term.name}: {wrong}") from None
    if value in (None, ()):
        raise TermError(f"“{term.name}:” wants something after it, such as {term.example}.")
    return value


def _add_token(token: str, following: str, builder: QueryBuilder) -> None:
    is_left_out = LEAVES_OUT.match(token) is not None
    bare = LEAVES_OUT.sub("", token, count=1) if is_left_out else token
    named = NAMED_TERM.match(bare)
    name = (named[1] if named else bare).casefold()
    term = BY_NAME.get(name)
    if named and not term:
        raise _unknown_term(named[1])
    if not term or not (named or term.is_flag):
        builder.add_word(bare, is_left_out=is_left_out)
        return
    if named and term.name == TermName.GENRE:
        _refuse_half_a_name(named[2], following)
    builder.add(term, named[2] if named else "", is_left_out=is_left_out)


def _unknown_term(typed: str) -> TermError:
    hint = did_you_mean(typed.casefold(), BY_NAME, after=":")
    return TermError(
        f"There is no “{typed}:”.{hint} Known: {', '.join(BY_NAME)}. "
        f"To look for the words, put them in quotes."
    )


def _refuse_half_a_name(value: str, following: str) -> None:
    """Raise TermError where a genre's name goes on in the next word: `genre:tech house` without quotes."""
    last = value.rpartition(",")[2]
    if last and HALF_A_NAME.fullmatch(following) and known_genres.slugs_of(f"{last} {following}"):
        raise TermError(f'Put a name of several words in quotes: genre:"{last} {following}".')
