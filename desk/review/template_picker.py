"""Choosing a reply template in the panel of a decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desk.context import DeskContext
from kit.forms import ActionForm
from labels.models import ReplyTemplate
from submissions.reply_templates import reply_of

KEY = "w"
AT_ONCE = 6
"""How many templates a panel shows; the others fold away."""


@dataclass(frozen=True)
class Choice:
    """A template to press; the one after that in use has the key."""

    template: ReplyTemplate
    url: str
    is_used: bool
    key: str = ""


@dataclass(frozen=True)
class Picker:
    """What a label keeps for one outcome, and which of it the form holds."""

    choices: list[Choice]
    used: ReplyTemplate | None

    @property
    def first(self) -> list[Choice]:
        return self.choices[:AT_ONCE]

    @property
    def others(self) -> list[Choice]:
        return self.choices[AT_ONCE:]

    @property
    def is_unfolded(self) -> bool:
        """Whether what one may press next is among the others."""
        return any(each.key or each.is_used for each in self.others)


def templates_for(context: DeskContext, transition: str) -> list[ReplyTemplate]:
    return list(ReplyTemplate.objects.of(context.desk.label, transition))


def named(templates: Iterable[ReplyTemplate], number: str | None) -> ReplyTemplate | None:
    """Return the template of this number, None where it is not among them (any more)."""
    return next((each for each in templates if str(each.pk) == number), None)


def picker_of(url: str, templates: Sequence[ReplyTemplate], used: ReplyTemplate | None) -> Picker:
    """Return the choices; `url` is the panel's, to which each adds itself."""
    mark = "&" if "?" in url else "?"
    following = (templates.index(used) + 1) % len(templates) if used else 0
    choices = [
        Choice(each, f"{url}{mark}template={each.pk}", each == used, KEY if place == following else "")
        for place, each in enumerate(templates)
    ]
    return Picker(choices, used)


def take_over(
    form: ActionForm,
    template: ReplyTemplate,
    *,
    context: DeskContext,
    templates: Iterable[ReplyTemplate],
    before: ReplyTemplate | None,
) -> None:
    """Put a template into an unbound form: below what was typed, in the place of another template's words."""
    own = [reply_of(each, context.submission, user=context.user)["note"] for each in templates]
    said: dict[str, Any] = reply_of(template, context.submission, user=context.user)
    for name in ("reason", "welcome"):
        if before and form.initial.get(name) == getattr(before, name):
            form.initial.pop(name, None)
    form.initial.update(said, note=joined(form.initial.get("note") or "", said["note"], own))


def joined(typed: str, text: str, own: Iterable[str]) -> str:
    """Return text below what was typed; where that ends in words of a template (`own`), these go first."""
    typed = typed.replace("\r\n", "\n").rstrip()
    endings = [each for each in own if typed == each or typed.endswith(f"\n{each}")]
    kept = typed.removesuffix(max(endings, key=len, default="")).rstrip()
    return f"{kept}\n\n{text}" if kept else text
