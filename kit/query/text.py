"""Parsing the text of a query: words, and terms such as `due:friday`; a minus before either leaves it out."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from kit.forms import CONTROL, tidy
from kit.query.values import Reader, TermError, did_you_mean, is_list, plain_text

LONGEST = 1000
TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
NAMED_TERM = re.compile(r"(-*[^\W\d_][\w-]*):(.*)", re.DOTALL)
PLAIN_SIGNS = set("-_.,&+'/()#!?*")
"""Characters besides letters and digits that a word may contain without quotes."""
LEAVES_OUT = re.compile(r"-+(?=[^\s-])")
"""What stands before a word or a term that is to be left out."""


class QueryError(ValueError):
    """A text is no valid query; `messages` has a sentence for each mistake."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


class ReadableTerm(Protocol):
    """What a row of a term table says for reading it."""

    @property
    def name(self) -> str: ...
    @property
    def example(self) -> str: ...
    @property
    def read(self) -> Reader: ...
    @property
    def is_flag(self) -> bool: ...


T = TypeVar("T", bound=ReadableTerm)


class Token(NamedTuple, Generic[T]):
    """A part of a query: a term with the text of its value, or a word without a term."""

    term: T | None
    text: str
    is_left_out: bool


def normalised(text: str) -> str:
    """Return tidied text with plain signs; raises QueryError if it is too long or has control characters."""
    if len(text) > LONGEST:
        raise QueryError([f"This is too long: {LONGEST} characters at most."])
    tidied = tidy(text)
    if CONTROL.search(tidied):
        raise QueryError(["This holds characters that are not text. Type it again by hand."])
    return tidy(plain_text(tidied))


def tokens(text: str, known: Collection[str]) -> Iterator[str]:
    """Split a text at spaces outside of quotes; `is: new` is one token where `is` is known."""
    pending = ""
    for token in TOKEN.findall(text):
        if pending and NAMED_TERM.match(token):
            yield pending
            pending = ""
        whole = pending + token
        named = NAMED_TERM.match(whole)
        pending = whole if named and not named[2] and named[1].lstrip("-").casefold() in known else ""
        if not pending:
            yield whole
    if pending:
        yield pending


def read_token(token: str, known: Mapping[str, T]) -> Token[T]:
    """Return a token as a term or a word. Raises TermError for a term that is not known."""
    is_left_out = LEAVES_OUT.match(token) is not None
    bare = LEAVES_OUT.sub("", token, count=1) if is_left_out else token
    named = NAMED_TERM.match(bare)
    term = known.get((named[1] if named else bare).casefold())
    if named and not term:
        raise _unknown_term(named[1], known)
    if not term or not (named or term.is_flag):
        return Token(None, bare, is_left_out)
    return Token(term, named[2] if named else "", is_left_out)


def read_term(term: ReadableTerm, text: str) -> Any:
    """Return the value of a term; raises TermError with a sentence that names the term."""
    try:
        value = term.read(text) if text or term.is_flag else None
    except TermError as wrong:
        raise TermError(f"{term.name}: {wrong}") from None
    if value in (None, ()):
        raise TermError(f"“{term.name}:” wants something after it, such as {term.example}.")
    return value


def added(before: Any, value: Any, written: str) -> Any:
    """Return the value of a term that comes again; raises TermError where it has room for one only."""
    if before is not None and is_list(before):
        return (*before, *value)
    if before not in (None, value):
        raise TermError(f"“{written}:” is there twice. Keep one.")
    return value


def quoted_word(word: str, known: Collection[str]) -> str:
    """Return a word or phrase as text, in quotes where it would be read as something else."""
    is_plain = all(sign.isalnum() or sign in PLAIN_SIGNS for sign in word) and not word.startswith(("-", "'"))
    return word if is_plain and word.casefold() not in known else f'"{word}"'


def _unknown_term(typed: str, known: Collection[str]) -> TermError:
    hint = did_you_mean(typed.casefold(), known, after=":")
    return TermError(
        f"There is no “{typed}:”.{hint} Known: {', '.join(known)}. To look for the words, put them in quotes."
    )
