"""The steps of a project as its page lists them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from kit.forms import KeyedForm
from studio.access import SeenProject
from studio.choices import Act, Level
from studio.models import ProjectStep
from studio.names import name_of
from studio.steps_page.forms import QuickStepForm


@dataclass(frozen=True)
class StepRow:
    """A step, who does it and who did it; `key` is that of the buttons beside it."""

    step: ProjectStep
    who: str
    done_by: str
    is_first: bool
    is_last: bool
    key: UUID

    @property
    def state(self) -> str:
        """`done`, `skipped` or `open`: how the list marks it."""
        return "done" if self.step.is_done else "skipped" if self.step.is_skipped else "open"


def steps_panel(seen: SeenProject, user: User) -> dict[str, Any]:
    """Return the steps in their order; strangers see their names and what is done, nothing about people."""
    may_work = seen.may(Act.COMPLETE_STEP) and not seen.project.discarded_at
    steps = list(seen.project.steps.select_related("assignee__profile", "done_by__profile"))
    is_crew = seen.level >= Level.VIEW
    rows = [_row(step, user, is_crew, step == steps[0], step == steps[-1]) for step in steps]
    return {
        "steps": rows,
        "may_work": may_work,
        "order_form": KeyedForm() if may_work else None,
        "quick_form": QuickStepForm() if may_work else None,
    }


def _row(step: ProjectStep, user: User, is_crew: bool, is_first: bool, is_last: bool) -> StepRow:
    if not is_crew:
        return StepRow(step, "", "", is_first, is_last, uuid4())
    who = _called(step.assignee, user) if step.assignee else step.assignee_name
    done_by = _called(step.done_by, user) if step.is_done else ""
    return StepRow(step, who, done_by, is_first, is_last, uuid4())


def _called(person: User | None, reader: User) -> str:
    return "you" if person == reader else name_of(person)
