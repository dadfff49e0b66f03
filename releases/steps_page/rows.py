"""The steps of a release as its page lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from releases.badges import day_words
from releases.choices import Transition
from releases.desk_context import ReleaseContext
from releases.models import ReleaseStep

T = Transition


@dataclass(frozen=True)
class StepRow:
    """A step with what can be done about it; `waits_for` are the names of the open ones before it."""

    step: ReleaseStep
    due_words: str
    is_overdue: bool
    who: str
    waits_for: list[str]
    may_work: bool
    key: UUID

    @property
    def state(self) -> str:
        """`done`, `skipped` or `open`: how the list marks it."""
        return "done" if self.step.is_done else "skipped" if self.step.is_skipped else "open"


def step_rows_of(context: ReleaseContext, steps: Sequence[ReleaseStep]) -> list[StepRow]:
    """Return the rows, in their order."""
    opened = {step.number: step.name for step in steps if step.is_open}
    may_work = context.may(T.COMPLETE_STEP)
    return [_row(step, opened, context.today, may_work=may_work) for step in steps]


def _row(step: ReleaseStep, opened: dict[int, str], today: date, *, may_work: bool) -> StepRow:
    is_overdue = step.is_open and step.due_on is not None and step.due_on < today
    return StepRow(
        step,
        day_words(step.due_on, today) if step.is_open else "",
        is_overdue,
        who_of(step),
        [opened[number] for number in step.waits_for if number in opened],
        may_work,
        uuid4(),
    )


def who_of(step: ReleaseStep) -> str:
    """Return who does a step, "" for nobody yet."""
    if step.assignee:
        return str(step.assignee.name or step.assignee.email)
    return step.assignee_name
