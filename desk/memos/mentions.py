"""Who is meant by `@Name` in a text. Pure: texts and people in, people and pieces out.

A member is meant by their name, their first name, their email or the part before its @, in any case. The longest
of these counts. A first name gives way to who has no other name; what several members share means none of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import User

Handles = Mapping[str, User | None]


@dataclass(frozen=True)
class Piece:
    """A part of a text, and the member it mentions, if any."""

    text: str
    member: User | None = None


def pieces(text: str, members: Iterable[User]) -> list[Piece]:
    """Return a text in pieces that joined are the text again."""
    handles = _handles(members)
    found, at = [], 0
    for match in _pattern(handles).finditer(text) if handles else ():
        if member := handles.get(_folded(match[1])):
            found += [Piece(text[at : match.start()]), Piece(match[0], member)]
            at = match.end()
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def mentioned(text: str, members: Iterable[User]) -> list[User]:
    """Return who a text mentions, each once, in its order."""
    return list(dict.fromkeys(piece.member for piece in pieces(text, members) if piece.member))


def meant(name: str, members: Iterable[User]) -> User | None:
    """Return the one member whom a name alone means."""
    return _handles(members).get(_folded(name))


def handle_of(member: User, members: Iterable[User]) -> str:
    """Return what to write after an @ so that this member alone is meant."""
    handles = _handles(members)
    names = (" ".join(member.name.split()), member.email.partition("@")[0])
    return next((name for name in names if name and handles.get(_folded(name)) == member), member.email)


def _handles(members: Iterable[User]) -> Handles:
    """Return who is meant by what, None where that is nobody alone."""
    weak, strong = defaultdict[str, set[User]](set), defaultdict[str, set[User]](set)
    for member in members:
        _enter(weak, member.name.partition(" ")[0], member)
        for name in (member.name, member.email.partition("@")[0], member.email):
            _enter(strong, name, member)
    people = {**weak, **strong}
    return {name: next(iter(who)) if len(who) == 1 else None for name, who in people.items()}


def _enter(people: dict[str, set[User]], name: str, member: User) -> None:
    """Enter a name as it folds, and in lower case for the pattern, which knows no "ß" in "SS"."""
    for key in {_folded(name), " ".join(name.split()).lower()} - {""}:
        people[key].add(member)


def _pattern(handles: Handles) -> re.Pattern[str]:
    """Return what finds an @ and the longest handle after it, neither within a word nor within an address."""
    longest_first = sorted(handles, key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"[^\S\n]+") for name in longest_first)
    return re.compile(rf"(?<![\w@.+-])@({names})(?![\w@]|[.+-]\w)", re.IGNORECASE)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
