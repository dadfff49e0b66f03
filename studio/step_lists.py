"""Step templates as forms offer them: the built-in ones and one's own, and what a new project begins with."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from studio.models import StepTemplate, StudioSettings
from studio.template_table import BUILT_IN

OWN = "own-"
"""What names one's own template in forms, before its number."""

FIRST = "track"
"""What new projects of somebody who never chose begin with."""

Choices = list[tuple[str, list[tuple[str, str]]]]


def own_templates(user: User) -> Any:
    """Return a person's templates that are not retired, in their order."""
    return StepTemplate.objects.filter(owner=user, retired_at=None).order_by("position", "pk")


def choices_of(user: User) -> Choices:
    """Return what a select offers, one's own first. One query."""
    own = [(f"{OWN}{each.pk}", each.name) for each in own_templates(user)]
    built_in = [(word, each.name) for word, each in BUILT_IN.items()]
    return [*([("Your own", own)] if own else []), ("Built in", built_in)]


def steps_of(user: User, word: str) -> Sequence[dict[str, Any]]:
    """Return the steps of a template as `add_steps` takes them; none for "" or one that is gone."""
    if word in BUILT_IN:
        return BUILT_IN[word].as_steps()
    number = word.removeprefix(OWN)
    if not (word.startswith(OWN) and number.isascii() and number.isdigit()):
        return []
    own = own_templates(user).filter(pk=number).first()
    rows = own.steps.all() if own else []
    return [{"name": each.name, "weight": each.weight, "note": each.note} for each in rows]


def default_of(user: User) -> str:
    """Return the template that new projects of this person begin with, "" for none. Two queries at most."""
    chosen = StudioSettings.objects.filter(user=user).values_list("default_template", flat=True).first()
    word = FIRST if chosen is None else chosen
    if word.startswith(OWN):
        return word if own_templates(user).filter(pk=word.removeprefix(OWN)).exists() else ""
    return word if word in BUILT_IN else ""
