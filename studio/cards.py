"""A project as board, table and bin draw it: with its next open step and what the reader may do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from kit.statements import Statement, param
from studio.choices import Level, State
from studio.models import Pack, Project, ProjectStep
from studio.models.step import OPEN
from studio.names import name_of


@dataclass(frozen=True)
class Card:
    """A project of `with_shown` and `with_level`, and the first of its open steps."""

    project: Project
    next_step: ProjectStep | None

    @property
    def artist(self) -> str:
        return artist_of(self.project)

    @property
    def pack(self) -> Pack | None:
        return pack_of(self.project)

    @property
    def next_by(self) -> str:
        """Who has the next step to do, "" where that is open."""
        step = self.next_step
        if step is None:
            return ""
        return name_of(step.assignee) if step.assignee else step.assignee_name

    @property
    def may_move(self) -> bool:
        return bool(getattr(self.project, "level", Level.NONE) >= Level.EDIT)

    @property
    def pick(self) -> str:
        """What names it in a form that moves it, with the state that the page showed."""
        return f"{self.project.code}.{self.project.state}"

    @property
    def next_state(self) -> State | None:
        states = list(State)
        at = states.index(State(self.project.state)) + 1
        return states[at] if at < len(states) else None


def artist_of(project: Project) -> str:
    """Return the artist as lists show it: with a track it is the owner."""
    return project.artist or (name_of(project.owner) if project.track else "")


def pack_of(project: Project) -> Pack | None:
    """Return the pack of a project of `with_level`, None if the reader may not know of it."""
    return project.pack if getattr(project, "sees_pack", False) else None


def cards_of(projects: Iterable[Project]) -> list[Card]:
    """Return projects as cards. One query for all."""
    rows = list(projects)
    steps = next_steps(rows)
    return [Card(each, steps.get(each.pk)) for each in rows]


def next_steps(projects: Sequence[Project]) -> dict[int, ProjectStep]:
    """Return the first open step of each project, by its key. One query."""
    first = _first_steps().all(projects=[each.pk for each in projects])
    return {each.project_id: each for each in first}


@cache
def _first_steps() -> Statement[ProjectStep]:
    rows = ProjectStep.objects.filter(OPEN, project__pk__among=param("projects"))
    return Statement(
        rows.select_related("assignee__profile").order_by("project", "position", "number").distinct("project")
    )
