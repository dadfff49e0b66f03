"""The reply templates offered in the panel of a decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desk.context import DeskContext
from kit.forms import ActionForm
from labels.models import ReplyTemplate
from submissions.reply_templates import join_note, reply_of

KEY = "w"
SHOWN = 6
"""How many templates a panel shows; the others are folded."""


@dataclass(frozen=True)
class Choice:
    """A template as a button; the one after the template in use has the key."""

    template: ReplyTemplate
    url: str
    is_used: bool
    key: str = ""


@dataclass(frozen=True)
class Picker:
    """A label's templates for one outcome, and the one that the form holds."""

    choices: list[Choice]
    used: ReplyTemplate | None

    @property
    def first(self) -> list[Choice]:
        return self.choices[:SHOWN]

    @property
    def others(self) -> list[Choice]:
        return self.choices[SHOWN:]

    @property
    def is_unfolded(self) -> bool:
        """Whether the folded templates hold the one in use or the next one."""
        return any(each.key or each.is_used for each in self.others)


def templates_for(context: DeskContext, transition: str) -> list[ReplyTemplate]:
    return list(ReplyTemplate.objects.of(context.desk.label, transition))


def find_template(templates: Iterable[ReplyTemplate], number: str | None) -> ReplyTemplate | None:
    """Return the template with this id, None if it is not (or no longer) among them."""
    return next((each for each in templates if str(each.pk) == number), None)


def picker_of(url: str, templates: Sequence[ReplyTemplate], used: ReplyTemplate | None) -> Picker:
    """Return the choices; each adds its id to `url`, the panel's address."""
    mark = "&" if "?" in url else "?"
    following = (templates.index(used) + 1) % len(templates) if used else 0
    choices = [
        Choice(each, f"{url}{mark}template={each.pk}", each == used, KEY if place == following else "")
        for place, each in enumerate(templates)
    ]
    return Picker(choices, used)


def apply_template(
    form: ActionForm,
    template: ReplyTemplate,
    *,
    context: DeskContext,
    templates: Iterable[ReplyTemplate],
    before: ReplyTemplate | None,
) -> None:
    """Put a template into an unbound form: below the typed text, replacing the text of another template."""
    texts = [reply_of(each, context.submission, user=context.user)["note"] for each in templates]
    values: dict[str, Any] = reply_of(template, context.submission, user=context.user)
    for name in ("reason", "welcome"):
        if before and form.initial.get(name) == getattr(before, name):
            form.initial.pop(name, None)
    form.initial.update(values, note=join_note(form.initial.get("note") or "", values["note"], texts))
