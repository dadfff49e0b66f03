"""The files of demo/data, read into what the engine plays."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labels.choices import QuestionKind, Role

DATA = Path(__file__).with_name("data")


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by their column names."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Person:
    """Somebody who signs in; `login` is the part of the address before the @, `joined` is days ago."""

    login: str
    name: str
    time_zone: str
    joined: int


@dataclass(frozen=True)
class Producer(Person):
    """Somebody who makes music; `handle` names them at other hosts, `isrc` is their code's prefix."""

    artist: str
    country: str
    city: str
    handle: str
    isrc: str
    pro: str
    pages: tuple[str, ...]
    bio: str


@dataclass(frozen=True)
class QuestionSpec:
    """A question of an intake, with what producers of the demo answer."""

    kind: QuestionKind
    text: str
    answers: tuple[Any, ...] = ()
    options: tuple[str, ...] = ()
    help_text: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class IntakeSpec:
    """An intake; scripts call it by its `letter`; `opens` and `closes` are days from now."""

    letter: str
    genres: tuple[str, ...] = ()
    questions: tuple[QuestionSpec, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    opens: int | None = None
    closes: int | None = None


@dataclass(frozen=True)
class LabelSpec:
    """A label; labels.toml says what its fields mean."""

    name: str
    slug: str
    prefix: str
    time_zone: str
    country: str
    founded: int
    about: str
    genres: tuple[str, ...]
    team: Mapping[str, Role]
    intakes: tuple[IntakeSpec, ...]
    shows_names: bool = False
    keeps_months: int | None = None
    is_verified: bool = True
    suspended: int | None = None
    suspended_because: str = ""
    links: tuple[str, ...] = ()
    page_text: str = ""
    embed_sites: str = ""

    @property
    def owner(self) -> str:
        """The owner's login: the first of the team."""
        return next(iter(self.team))


@dataclass(frozen=True)
class TrackSpec:
    """A track of a producer, where its audio lives, and a script for each label that got it."""

    producer: str
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
    people: tuple[Mapping[str, Any], ...]
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """What a label asks to be changed and what its producer does; changes.toml says what the fields mean."""

    asked: str
    answered: str
    edit: Mapping[str, Any] = field(default_factory=dict)
    longer: int = 0
    singer: str = ""
    has_new_link: bool = False


def _person(row: Mapping[str, str]) -> Person:
    return Person(**{**row, "joined": int(row["joined"])})  # type: ignore[arg-type]  # texts but for one


def _producer(row: Mapping[str, str]) -> Producer:
    numbers: dict[str, Any] = {"joined": int(row["joined"]), "pages": tuple(row["pages"].split())}
    return Producer(**{**row, **numbers})


def read_question(said: Mapping[str, Any]) -> QuestionSpec:
    lists = {name: tuple(said.get(name, ())) for name in ("answers", "options")}
    return QuestionSpec(**{**said, **lists, "kind": QuestionKind(said["kind"])})


def _intake(said: dict[str, Any]) -> IntakeSpec:
    questions = tuple(map(read_question, said.pop("question", ())))
    return IntakeSpec(**{**said, "questions": questions, "genres": tuple(said.get("genres", ()))})


def _label(said: dict[str, Any]) -> LabelSpec:
    intakes = tuple(map(_intake, said.pop("intake")))
    team = {login: Role[role.upper()] for login, role in said.pop("team").items()}
    lists: dict[str, Any] = {name: tuple(said.pop(name, ())) for name in ("genres", "links")}
    return LabelSpec(**said, **lists, team=team, intakes=intakes)


def _track(said: dict[str, Any]) -> TrackSpec:
    whole, tempo, key, length, host = said.pop("facts").split()
    genre, _, part = whole.partition("/")
    own = {name: said.pop(name) for name in ("producer", "title", "pitch", "fans")}
    lists: dict[str, Any] = {name: tuple(said.pop(name, ())) for name in ("scripts", "people")}
    facts = {"genre": genre, "subgenre": f"{genre}-{part}" if part else ""}
    return TrackSpec(**own, **facts, **lists, tempo=tempo, key=key, length=length, host=host, fields=said)


def _notes(said: Mapping[str, Any]) -> tuple[str, ...]:
    return (*said["notes"], *[""] * said.get("empty", 0))


PEOPLE = tuple(map(_person, read_csv("people")))
PRODUCERS = {row["login"]: _producer(row) for row in read_csv("producers")}
LABELS = tuple(map(_label, read_toml("labels")["label"]))
TRACKS = tuple(map(_track, read_toml("tracks")["track"]))
CHANGES = {name: Change(**said) for name, said in read_toml("changes").items()}
NOTES = {occasion: _notes(said) for occasion, said in read_toml("notes").items()}
