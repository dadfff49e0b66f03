"""What the demo's tables are made of: people, labels, tracks and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labels.choices import QuestionKind, Role

DOMAIN = "demo.example"


def email_of(name: str) -> str:
    """Return the address of someone in the cast."""
    return f"{name}@{DOMAIN}"


@dataclass(frozen=True)
class Person:
    """Somebody who signs in; `login` is the part of the address before the @."""

    login: str
    name: str
    time_zone: str
    joined: int
    """Days ago."""


@dataclass(frozen=True)
class Producer(Person):
    """Somebody who makes music; `handle` names them at other hosts, `isrc` is their code's prefix."""

    artist: str
    country: str
    city: str
    handle: str
    isrc: str
    pro: str
    bio: str
    pages: tuple[str, ...] = ("soundcloud",)


@dataclass(frozen=True)
class Asked:
    """A question of an intake, with what producers of the demo answer."""

    kind: QuestionKind
    text: str
    answers: tuple[Any, ...]
    options: tuple[str, ...] = ()
    help_text: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Taking:
    """An intake; scripts call it by its `letter`; `opens` and `closes` are days from now."""

    letter: str
    genres: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    opens: int | None = None
    closes: int | None = None


@dataclass(frozen=True)
class House:
    """A label, founded so many days ago; its team from the owner on, its intakes from the standing one on.

    `prefix` begins its catalogue numbers.
    """

    name: str
    slug: str
    prefix: str
    time_zone: str
    country: str
    founded: int
    about: str
    genres: tuple[str, ...]
    team: tuple[tuple[str, Role], ...]
    intakes: tuple[Taking, ...]
    shows_names: bool = False
    is_verified: bool = True
    suspended: int | None = None
    """Days ago."""


@dataclass(frozen=True)
class Cut:
    """A track of a producer, where its audio lives, and a script for each label that got it."""

    login: str
    title: str
    genre: str
    subgenre: str
    tempo: str
    key: str
    length: str
    host: str
    pitch: str
    fans: str
    scripts: tuple[str, ...]
    fields: Mapping[str, Any]
