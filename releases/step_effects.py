"""Effects on steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from kit.forms import need_short
from labels.models import Membership
from releases import payloads
from releases.details import Context, Effect
from releases.errors import NotPossible
from releases.pictures import StepRow
from steps.choices import EARLIEST, HEAVIEST, LATEST, LIGHTEST, Area
from steps.cycles import cycle_sentence, find_cycle

MOST_STEPS = 200
PLAN = ("area", "weight", "days_before", "waits_for", "is_shared")
DEFAULTS: dict[str, Any] = {
    "area": Area.OTHER,
    "weight": 10,
    "days_before": 0,
    "waits_for": (),
    "is_shared": False,
    "note": "",
    "assignee": None,
    "assignee_name": "",
}


def add_steps(context: Context, *, steps: Sequence[Mapping[str, Any]]) -> Effect:
    """Add steps below the others, each with a name and whatever differs from `DEFAULTS`.

    `waits_for` names steps by number. A step with a `number`, as templates have, is renumbered, and so is whatever
    waits for it; without one it can wait only for steps that are there.
    """
    there = context.picture.steps
    if not steps:
        raise ValidationError({"steps": "Add at least one step."})
    if len(there) + len(steps) > MOST_STEPS:
        raise ValidationError({"steps": f"A release has at most {MOST_STEPS} steps."})
    number, position = max(there, default=0), max((each.position for each in there.values()), default=0)
    renumbered = {each["number"]: number + place for place, each in enumerate(steps, 1) if "number" in each}
    plans, words = [], []
    for place, given in enumerate(steps, 1):
        step = DEFAULTS | dict(given)
        if "number" in given:
            step["waits_for"] = [renumbered[each] for each in step["waits_for"] if each in renumbered]
        plan, said = _checked(context, step, set(there) | set(range(number + 1, number + len(steps) + 1)))
        plans.append({"number": number + place, "position": position + place, **plan})
        words.append(said)
    _refuse_cycle(context, {plan["number"]: (plan, said) for plan, said in zip(plans, words, strict=True)})
    return Effect(payloads.Steps(plans), payloads.StepsWords(words))


def change_step(context: Context, *, step: int, position: int | None = None, **changes: Any) -> Effect:
    """Change what is named of a step; the rest stays."""
    row = _step(context, step)
    kept = {name: row.values[name] for name in (*DEFAULTS, "name")}
    kept["assignee"] = User.objects.filter(pk=row.assignee).first() if row.assignee else None
    plan, said = _checked(context, kept | changes, set(context.picture.steps))
    place = row.position if position is None else position
    if not 1 <= place <= MOST_STEPS * 2:
        raise ValidationError({"position": "Choose a place in the list."})
    _refuse_cycle(context, {step: (plan, said)})
    return Effect(payloads.StepPlan(step=step, position=place, **plan), payloads.StepWords(**said))


def complete_step(context: Context, *, step: int) -> Effect:
    """Complete it, also ahead of steps that it waits for, which the event then names."""
    row = _step(context, step)
    _need_open(row)
    steps = context.picture.steps
    ahead = [number for number in row.waits_for if number in steps and steps[number].is_open]
    return Effect(payloads.DoneStep(step, sorted(ahead)))


def reopen_step(context: Context, *, step: int) -> Effect:
    if _step(context, step).is_open:
        raise NotPossible("This step is open.")
    return Effect(payloads.Step(step))


def skip_step(context: Context, *, step: int) -> Effect:
    _need_open(_step(context, step))
    return Effect(payloads.Step(step))


def _step(context: Context, number: int) -> StepRow:
    if number not in context.picture.steps:
        raise NotPossible("There is no such step.")
    return context.picture.steps[number]


def _need_open(row: StepRow) -> None:
    if row.is_done:
        raise NotPossible("This step is done already.")
    if row.is_skipped:
        raise NotPossible("This step was skipped. Reopen it first.")


def _checked(
    context: Context, step: Mapping[str, Any], numbers: set[int]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a step's plan and words as they are stored. Raises ValidationError by field."""
    name = need_short("name", step["name"], 120)
    if not name:
        raise ValidationError({"name": "Give the step a name."})
    if step["area"] not in Area.values:
        raise ValidationError({"area": "Choose an area."})
    if not LIGHTEST <= step["weight"] <= HEAVIEST:
        raise ValidationError({"weight": f"A weight lies between {LIGHTEST} and {HEAVIEST}."})
    if not LATEST <= step["days_before"] <= EARLIEST:
        raise ValidationError(
            {
                "days_before": f"Choose at most {EARLIEST} days before the date, or {-LATEST} after it (a minus)."
            }
        )
    waits_for = sorted({int(number) for number in step["waits_for"]})
    if unknown := [number for number in waits_for if number not in numbers]:
        raise ValidationError({"waits_for": f"There is no step {unknown[0]}."})
    plan = {each: step[each] for each in PLAN}
    plan |= {"area": str(step["area"]), "waits_for": waits_for, "is_shared": bool(step["is_shared"])}
    note = need_short("note", step["note"], 2000)
    somebody = need_short("assignee_name", step["assignee_name"], 120)
    assignee = _assignee(context, step["assignee"])
    if assignee and somebody:
        raise ValidationError({"assignee_name": "Choose somebody of the team, or name somebody else."})
    return plan, {"name": name, "note": note, "assignee": assignee, "assignee_name": somebody}


def _assignee(context: Context, user: User | None) -> int | None:
    if user is None:
        return None
    team = Membership.objects.active().filter(label=context.release.label_id, user=user)
    kept = any(step.assignee == user.pk for step in context.picture.steps.values())
    if not kept and not team.exists():
        raise ValidationError({"assignee": "Only members of the team can be assigned."})
    return user.pk


def _refuse_cycle(context: Context, changed: Mapping[int, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    steps = context.picture.steps
    waits = {number: step.waits_for for number, step in steps.items()}
    names = {number: step.name for number, step in steps.items()}
    for number, (plan, said) in changed.items():
        waits[number], names[number] = plan["waits_for"], said["name"]
    if cycle := find_cycle(waits):
        raise ValidationError({"waits_for": cycle_sentence(cycle, names)})
