"""A line of what is imported: what it names, what is wrong with it, and whether it is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalog.naming import plain
from kit.canonical import stamp
from studio.effects.facts import FIRST_YEAR, LAST_YEAR, LENGTHS
from studio.effects.places import MOST_PROJECTS
from studio.similar_songs.names import song_name

MOST_LINES = MOST_PROJECTS
TEXTS = ("title", "artist", "album", "notes")
OF_ONE_LINE = TEXTS[:3]
NO_TITLE = "There is no title."


@dataclass(frozen=True, slots=True)
class Line:
    """One song as it was read. `number` is its place in what was given; `problem` says why it cannot be imported."""

    number: int
    title: str
    artist: str = ""
    album: str = ""
    year: int | None = None
    notes: str = ""
    problem: str = ""
    doubt: str = ""
    """What speaks against it: it is there already, stands twice, or is done elsewhere."""
    is_picked: bool = True

    @property
    def name(self) -> str:
        """What two lines of the same song have in common."""
        return name_of(self.artist, self.title)

    def facts(self) -> dict[str, Any]:
        """Return a project's facts."""
        return {name: getattr(self, name) for name in (*TEXTS, "year")}

    def checked(self) -> "Line":
        """Return it with its first problem, if it has one."""
        if not any(sign.isalnum() for sign in self.title):
            return replace(self, problem=NO_TITLE)
        if broken := next((name for name in OF_ONE_LINE if "\n" in getattr(self, name)), ""):
            return replace(
                self, problem=f"The {broken} has several lines. Check the quotation marks from here on."
            )
        for name in TEXTS:
            if (length := len(getattr(self, name))) > LENGTHS[name]:
                return replace(
                    self, problem=f"The {name} has {length} characters. Use at most {LENGTHS[name]}."
                )
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            return replace(self, problem=f"{self.year} is not a year between {FIRST_YEAR} and {LAST_YEAR}.")
        return self


@dataclass(frozen=True)
class Choice:
    """All lines, with those that are selected; `stamp` says which lines they were selected from."""

    lines: Sequence[Line]
    stamp: str = ""

    @property
    def usable(self) -> list[Line]:
        return [line for line in self.lines if not line.problem]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.problem]

    @property
    def picked(self) -> list[Line]:
        return [line for line in self.usable if line.is_picked]


def name_of(artist: str, title: str) -> str:
    """Return what a song is known by; without an artist its title alone."""
    return song_name(artist, title) or plain(title)


def choice_of(lines: Sequence[Line], known: Mapping[str, str], done: Mapping[str, str]) -> Choice:
    """Return lines with what speaks against each.

    `known` says by name where a song is already: it is not selected by itself; so are those that stand twice. `done`
    says in which list it is done: a warning.
    """
    seen: dict[str, int] = {}
    found = []
    for line in lines:
        doubt = known.get(line.name, "")
        if not line.problem and line.name in seen:
            doubt = f"Same as number {seen[line.name]}"
        elif not line.problem:
            seen[line.name] = line.number
        warning = f"Already in {done[line.name]}" if line.name in done else ""
        found.append(replace(line, doubt=doubt or warning, is_picked=not doubt))
    return Choice(found, stamp({str(line.number): [line.artist, line.title, line.album] for line in found}))


def chosen(choice: Choice, numbers: Sequence[str]) -> Choice:
    """Return it with these numbers selected, and no others."""
    picked = set(numbers)
    return replace(
        choice, lines=[replace(line, is_picked=str(line.number) in picked) for line in choice.lines]
    )
