"""Parsing the text of a query."""

import re
from collections.abc import Iterator
from typing import Any

from desk.search import full_text
from desk.search.query import Query
from desk.search.term_table import BY_NAME, Term
from desk.search.values import TermError, did_you_mean
from kit.forms import CONTROL, tidy

LONGEST = 1000
TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
NAMED_TERM = re.compile(r"(-?[^\W\d_][\w-]*):(.*)", re.DOTALL)


class QueryError(ValueError):
    """A text is no valid query; `messages` has a sentence for each mistake."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


class QueryBuilder:
    """Collects field values and error messages while a text or a form is read."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.messages: list[str] = []

    def add(self, term: Term, text: str) -> None:
        """Add the value of a term; raises TermError."""
        value, before = read_term(term, text), self.values.get(term.field)
        if isinstance(before, tuple) and not hasattr(before, "_fields"):
            value = (*before, *value)
        elif before not in (None, value):
            raise TermError(f"“{term.name}:” is there twice. Keep one.")
        self.values[term.field] = value

    def add_word(self, text: str) -> None:
        """Add a word or a phrase; raises TermError."""
        word = full_text.clean(text)
        if len(word) > full_text.LONGEST:
            raise TermError(
                f"“{word[:20]}…” is too long to look for: {full_text.LONGEST} characters at most."
            )
        if not full_text.is_findable(word):
            raise TermError(f"“{word}” has no letter and no digit to look for.")
        self.values["words"] = (*self.values.get("words", ()), word)


def parse(text: str) -> Query:
    """Return the query of a text; raises QueryError."""
    builder = QueryBuilder()
    for token in tokens(normalised(text)):
        try:
            _add_token(token, builder)
        except TermError as wrong:
            builder.messages.append(str(wrong))
    if builder.messages:
        raise QueryError(builder.messages)
    return check_length(Query(**builder.values))


def normalised(text: str) -> str:
    """Return tidied text with straight quotes; raises QueryError if it is too long or has control characters."""
    if len(text) > LONGEST:
        raise QueryError([f"This is too long: {LONGEST} characters at most."])
    tidied = tidy(text)
    if CONTROL.search(tidied):
        raise QueryError(["This holds characters that are not text. Type it again by hand."])
    return tidied.translate(full_text.QUOTES)


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
        pending = whole if named and not named[2] and named[1].casefold() in BY_NAME else ""
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


def _add_token(token: str, builder: QueryBuilder) -> None:
    named = NAMED_TERM.match(token)
    name = (named[1] if named else token).casefold()
    term = BY_NAME.get(name)
    if named and not term:
        hint = did_you_mean(name, BY_NAME, after=":")
        raise TermError(
            f"There is no “{named[1]}:”.{hint} Known: {', '.join(BY_NAME)}. "
            f"To look for the words, put them in quotes."
        )
    if term and (named or term.is_flag):
        builder.add(term, named[2] if named else "")
    else:
        builder.add_word(token)
