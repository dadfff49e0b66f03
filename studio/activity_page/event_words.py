"""What is known of an event while its sentence is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from studio.models import CrewRequest, Entry, ProjectStep, StudioEvent
from studio.names import NOBODY, names_of

Numbered = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Words:
    """Names of what the events are about, each kind read at once."""

    people: Mapping[int, str] = field(default_factory=dict)
    steps: Numbered = field(default_factory=dict)
    """By project and number."""
    entries: Numbered = field(default_factory=dict)
    """By pack and number."""
    asked: Mapping[int, int] = field(default_factory=dict)
    """Who asked to join, by the request's number."""


@dataclass(frozen=True)
class Telling:
    """An event, and the words for the numbers in its details."""

    event: StudioEvent
    words: Words
    is_there: bool = True
    """Whether its project is still in the pack whose activity this is: if not, nothing is told of how it is now."""

    @property
    def details(self) -> Mapping[str, Any]:
        details: Mapping[str, Any] = self.event.details
        return details

    @property
    def thing(self) -> str:
        """What was acted on."""
        return "project" if self.event.project_id else "pack"

    def person(self) -> str:
        asked = self.words.asked.get(self.details.get("request", 0), 0)
        return self.words.people.get(self.details.get("person", asked), NOBODY)

    def step(self) -> str:
        if not self.is_there:
            return "a step"
        name = self.words.steps.get((self.event.project_id or 0, self.details.get("step", 0)))
        return f"“{name}”" if name else "a step that was removed"

    def entry(self) -> str:
        name = self.words.entries.get((self.event.pack_id or 0, self.details.get("entry", 0)))
        return f"“{name}”" if name else "a song that was removed"


def words_of(events: Iterable[StudioEvent], reader: User) -> Words:
    """Return the names that the sentences of these events need. Four queries at most, none for what does not occur."""
    events = list(events)
    asked = _people_who_asked(events)
    named = [event.details["person"] for event in events if "person" in event.details]
    people = names_of([*named, *asked.values()]) | {reader.pk: "you"}
    return Words(people, _steps(events), _entries(events), asked)


def _people_who_asked(events: Iterable[StudioEvent]) -> dict[int, int]:
    """Return who asked, by the request's number; those whose event names them are not looked up."""
    wanted = {
        event.details["request"]
        for event in events
        if "request" in event.details and "person" not in event.details
    }
    if not wanted:
        return {}
    return dict(CrewRequest.objects.filter(pk__in=wanted).values_list("pk", "user"))


def _steps(events: Iterable[StudioEvent]) -> Numbered:
    wanted = {event.project_id for event in events if "step" in event.details and event.project_id}
    if not wanted:
        return {}
    rows = ProjectStep.objects.filter(project__in=wanted).values_list("project", "number", "name")
    return {(project, number): name for project, number, name in rows}


def _entries(events: Iterable[StudioEvent]) -> Numbered:
    wanted = {event.pack_id for event in events if "entry" in event.details and event.pack_id}
    if not wanted:
        return {}
    rows = Entry.objects.filter(pack__in=wanted).values_list("pack", "number", "title")
    return {(pack, number): title for pack, number, title in rows}
