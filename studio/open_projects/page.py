"""What strangers see of public projects: a row of the list, and the page of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from studio.access import SeenProject
from studio.choices import Level, RequestState
from studio.models import CrewRequest, Project, ProjectStep
from studio.models.step import OPEN
from studio.open_projects.forms import AskForm
from studio.people import Person, person_of

MOST_NAMED = 4


@dataclass(frozen=True)
class OpenRow:
    """A public project with its owner, and names of the steps that nobody is assigned to."""

    project: Project
    owner: Person
    free: list[str]

    @property
    def asked(self) -> str:
        """What became of the reader's request in words, "" without one."""
        state: str = self.project.asked or ""  # type: ignore[attr-defined]  # annotated
        return RequestState(state).label if state else ""

    @property
    def named(self) -> list[str]:
        return self.free[:MOST_NAMED]

    @property
    def more(self) -> int:
        return len(self.free) - len(self.named)


def rows_of(projects: Iterable[Project]) -> list[OpenRow]:
    """Return projects as rows. One query for all."""
    found = list(projects)
    free = defaultdict[int, list[str]](list)
    for project, name in _free_steps(found).values_list("project", "name"):
        free[project].append(name)
    return [OpenRow(each, person_of(each.owner), free[each.pk]) for each in found]


def _free_steps(projects: list[Project]) -> Any:
    rows = ProjectStep.objects.filter(OPEN, project__in=projects, assignee=None, assignee_name="")
    return rows.order_by("project", "position", "number")


@dataclass(frozen=True)
class Join:
    """What a stranger reads of joining: the form, or what became of their request."""

    request: CrewRequest | None
    form: AskForm

    @property
    def may_ask(self) -> bool:
        return self.request is None or self.request.state in (RequestState.WITHDRAWN, RequestState.ACCEPTED)

    @property
    def is_waiting(self) -> bool:
        return self.request is not None and self.request.state == RequestState.PENDING


def join_panel(seen: SeenProject, user: User, form: AskForm | None = None) -> dict[str, Any]:
    """Return the panel of a public project for somebody who is not in its crew. One query for them."""
    if seen.level != Level.SEE:
        return {"join": None}
    request = CrewRequest.objects.filter(project=seen.project, user=user).first()
    return {"join": Join(request, form or AskForm())}
