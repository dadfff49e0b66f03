"""From typed text to a query."""

import re
from collections.abc import Iterator
from typing import Any

from desk.search import full_text as searching
from desk.search.query import Query
from desk.search.term_table import BY_NAME, Term
from desk.search.values import WrongError, did_you_mean
from kit.text import CONTROL, tidy

LONGEST = 1000
TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
NAMED = re.compile(r"(-?[^\W\d_][\w-]*):(.*)", re.DOTALL)


class QueryError(ValueError):
    """A text is no query; `messages` says why, a sentence for each thing that is wrong."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


class Gathering:
    """Values by field and what is wrong, as a text or a form is read."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.messages: list[str] = []

    def add(self, term: Term, text: str) -> None:
        """Take in what stands after a term's colon; raises WrongError."""
        value, before = read(term, text), self.values.get(term.field)
        if isinstance(before, tuple) and not hasattr(before, "_fields"):
            value = (*before, *value)
        elif before not in (None, value):
            raise WrongError(f"“{term.name}:” is there twice. Keep one.")
        self.values[term.field] = value

    def add_word(self, text: str) -> None:
        """Take in a word or a phrase; raises WrongError."""
        word = searching.clean(text)
        if len(word) > searching.LONGEST:
            raise WrongError(
                f"“{word[:20]}…” is too long to look for: {searching.LONGEST} characters at most."
            )
        if not searching.is_findable(word):
            raise WrongError(f"“{word}” has no letter and no digit to look for.")
        self.values["words"] = (*self.values.get("words", ()), word)


def parse(text: str) -> Query:
    """Return the query that a text says; raises QueryError."""
    gathering = Gathering()
    for token in tokens(ready(text)):
        try:
            _take(token, gathering)
        except WrongError as wrong:
            gathering.messages.append(str(wrong))
    if gathering.messages:
        raise QueryError(gathering.messages)
    return fitting(Query(**gathering.values))


def ready(text: str) -> str:
    """Return text tidied, with straight quotes; raises QueryError for what cannot be read at all."""
    if len(text) > LONGEST:
        raise QueryError([f"This is too long: {LONGEST} characters at most."])
    tidied = tidy(text)
    if CONTROL.search(tidied):
        raise QueryError(["This holds characters that are not text. Type it again by hand."])
    return tidied.translate(searching.QUOTES)


def fitting(query: Query) -> Query:
    """Return the query if its own text can be read again; raises QueryError."""
    if len(query.text) > LONGEST:
        raise QueryError([f"This is too long: {LONGEST} characters at most."])
    return query


def tokens(text: str) -> Iterator[str]:
    """Yield what stands between spaces, quotes included; `is: new` is one as well."""
    waiting = ""
    for token in TOKEN.findall(text):
        if waiting and NAMED.match(token):
            yield waiting
            waiting = ""
        whole = waiting + token
        named = NAMED.match(whole)
        waiting = whole if named and not named[2] and named[1].casefold() in BY_NAME else ""
        if not waiting:
            yield whole
    if waiting:
        yield waiting


def phrases(text: str) -> list[str]:
    """Return words and quoted phrases of a text in which there are no terms; raises WrongError."""
    try:
        return TOKEN.findall(ready(text))
    except QueryError as wrong:
        raise WrongError(str(wrong)) from None


def read(term: Term, text: str) -> Any:
    """Return the value of a term; raises WrongError with a sentence that names it."""
    try:
        value = term.read(text) if text or term.is_flag else None
    except WrongError as wrong:
        raise WrongError(f"{term.name}: {wrong}") from None
    if value in (None, ()):
        raise WrongError(f"“{term.name}:” wants something after it, such as {term.example}.")
    return value


def _take(token: str, gathering: Gathering) -> None:
    named = NAMED.match(token)
    name = (named[1] if named else token).casefold()
    term = BY_NAME.get(name)
    if named and not term:
        hint = did_you_mean(name, BY_NAME, after=":")
        raise WrongError(
            f"There is no “{named[1]}:”.{hint} Known: {', '.join(BY_NAME)}. "
            f"To look for the words, put them in quotes."
        )
    if term and (named or term.is_flag):
        gathering.add(term, named[2] if named else "")
    else:
        gathering.add_word(token)
