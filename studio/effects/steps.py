"""Steps of a project; progress is kept on the project with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from kit.forms import need_short
from steps.choices import HEAVIEST, LIGHTEST
from steps.progress import progress_of
from studio.choices import Level, State
from studio.effects.context import Context
from studio.errors import NotPossible
from studio.levels import level_in_project
from studio.models import Project, ProjectStep
from studio.models.step import OPEN

MOST_STEPS = 100
LONGEST_NAME, LONGEST_NOTE = 120, 2000


def add_steps(context: Context, *, steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Add steps below the others, each with a name and, if it is not 10, a weight."""
    there = list(context.project.steps.all())
    if not steps:
        raise ValidationError({"steps": "Add at least one step."})
    if len(there) + len(steps) > MOST_STEPS:
        raise ValidationError({"steps": f"A project can have at most {MOST_STEPS} steps."})
    number = max((each.number for each in there), default=0)
    position = max((each.position for each in there), default=0)
    rows = [
        ProjectStep(
            project=context.project,
            number=number + place,
            position=position + place,
            **_checked(context, given),
        )
        for place, given in enumerate(steps, 1)
    ]
    ProjectStep.objects.bulk_create(rows)
    _keep_progress(context)
    return {"steps": [row.number for row in rows]}


def begin_steps(projects: Sequence[Project], steps: Sequence[Mapping[str, Any]]) -> list[int]:
    """Give new projects the steps of a template, in a few statements; return their numbers."""
    numbers = list(range(1, len(steps) + 1))
    rows = [
        ProjectStep(project=project, number=number, position=number, **step)
        for project in projects
        for number, step in zip(numbers, steps, strict=True)
    ]
    ProjectStep.objects.bulk_create(rows)
    weight = sum(step.weight for step in rows[: len(steps)])
    Project.objects.filter(pk__in=[each.pk for each in projects]).update(weight=weight)
    return numbers


def change_step(context: Context, *, step: int, **changes: Any) -> dict[str, Any]:
    """Change what is named of a step: name, weight, note, assignee, assignee_name."""
    row = _step(context, step)
    values = _checked(context, {"name": row.name, **changes})
    if "weight" not in changes:
        values.pop("weight")
    fields = sorted(name for name, value in values.items() if getattr(row, name) != value)
    for name in fields:
        setattr(row, name, values[name])
    if row.assignee and row.assignee_name:
        raise ValidationError(
            {"assignee_name": "Choose somebody in the crew or name somebody else, not both."}
        )
    row.save(update_fields=fields or ["name"])
    _keep_progress(context)
    return {"step": step, "fields": fields}


def complete_step(context: Context, *, step: int) -> dict[str, Any]:
    """Complete a step; the first one that is done begins the project."""
    row = _step(context, step)
    if row.is_done:
        raise NotPossible("This step is already done.")
    if context.user is None:
        raise NotPossible("Somebody has to have done it.")
    row.done_at, row.done_by, row.skipped_at = context.now, context.user, None
    row.save(update_fields=["done_at", "done_by", "skipped_at"])
    _keep_progress(context)
    if context.project.state == State.PLANNED:
        context.project.state = State.IN_PROGRESS
        context.project.save(update_fields=["state"])
        return {"step": step, "before": State.PLANNED, "state": State.IN_PROGRESS}
    return {"step": step}


def reopen_step(context: Context, *, step: int) -> dict[str, Any]:
    row = _step(context, step)
    if row.is_open:
        raise NotPossible("This step is already open.")
    row.done_at = row.done_by = row.skipped_at = None
    row.save(update_fields=["done_at", "done_by", "skipped_at"])
    _keep_progress(context)
    return {"step": step}


def skip_step(context: Context, *, step: int) -> dict[str, Any]:
    """Say that a step does not apply: it counts nowhere."""
    row = _step(context, step)
    if not row.is_open:
        raise NotPossible("Only an open step can be skipped.")
    row.skipped_at = context.now
    row.save(update_fields=["skipped_at"])
    _keep_progress(context)
    return {"step": step}


def remove_step(context: Context, *, step: int) -> dict[str, Any]:
    _step(context, step).delete()
    _keep_progress(context)
    return {"step": step}


def order_steps(context: Context, *, steps: Sequence[int]) -> dict[str, Any]:
    """Put all steps in this order, named by their numbers."""
    rows = {each.number: each for each in context.project.steps.all()}
    if sorted(steps) != sorted(rows):
        raise NotPossible("The steps have changed meanwhile.")
    for position, number in enumerate(steps, 1):
        rows[number].position = position
    ProjectStep.objects.bulk_update(rows.values(), ["position"])
    return {"order": list(steps)}


def free_steps(projects: Collection[int], people: Iterable[User]) -> None:
    """Let open steps of these projects be nobody's where whom they are assigned to is not in the crew any more."""
    for person in people:
        made = Project.objects.made_by(person).filter(pk__in=projects)
        rows = ProjectStep.objects.filter(OPEN, project__in=projects, assignee=person)
        rows.exclude(project__in=made.values("pk")).update(assignee=None)


def _step(context: Context, number: int) -> ProjectStep:
    row = context.project.steps.filter(number=number).first()
    if row is None:
        raise NotPossible("This step has been removed.")
    return row


def _checked(context: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step's fields as they are stored. Raises ValidationError by field."""
    name = need_short("name", given["name"], LONGEST_NAME)
    if not name:
        raise ValidationError({"name": "Give the step a name."})
    weight = given.get("weight", 10)
    if not LIGHTEST <= weight <= HEAVIEST:
        raise ValidationError({"weight": f"The weight must be between {LIGHTEST} and {HEAVIEST}."})
    values: dict[str, Any] = {"name": name, "weight": weight}
    if "note" in given:
        values["note"] = need_short("note", given["note"], LONGEST_NOTE)
    if "assignee_name" in given:
        values["assignee_name"] = need_short("assignee_name", given["assignee_name"], LONGEST_NAME)
    if "assignee" in given:
        values["assignee"] = _assignee(context, given["assignee"])
    return values


def _assignee(context: Context, user: User | None) -> User | None:
    if user and level_in_project(user, context.project) < Level.VIEW:
        raise ValidationError({"assignee": "Choose somebody in the crew, or name somebody else below."})
    return user


def _keep_progress(context: Context) -> None:
    """Write the sums of all steps to their project."""
    progress = progress_of(context.project.steps.all())
    context.project.weight, context.project.weight_done = progress.weight, progress.done
    context.project.save(update_fields=["weight", "weight_done"])
