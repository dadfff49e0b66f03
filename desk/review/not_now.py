"""Decisions that are not possible now, why, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from desk.context import DeskContext
from desk.review.actions import Action, actions_of
from desk.review.deadline_words import day_words
from submissions.choices import Ball
from submissions.deadlines import Deadlines
from submissions.transition_table import AT_DESK, LISTENABLE, RULES


@dataclass(frozen=True)
class NotNow:
    """Buttons that cannot be pressed for one and the same reason."""

    because: str
    buttons: list[str] = field(default_factory=list)


def decisions_of(context: DeskContext, reading: Deadlines, happened: set[str]) -> dict[str, Any]:
    """Return what this member can do now, and what they cannot and why."""
    actions = actions_of(context, happened=happened)
    return {"actions": actions, "not_now": not_now_of(context, actions, reading, happened)}


def not_now_of(
    context: DeskContext, actions: Iterable[Action], reading: Deadlines, happened: set[str]
) -> list[NotNow]:
    """Return what this member may look for and not find among the actions. No query."""
    state, offered = context.submission.state, {action.transition for action in actions}
    if state not in LISTENABLE or context.desk.label.is_suspended:
        return []
    if context.role is None:
        return [NotNow("Viewers read along; reviewers and managers decide.")]
    found: dict[str, NotNow] = {}
    for name in AT_DESK:
        if AT_DESK[name].is_apart or name in offered or RULES[name].target == state:
            continue
        if because := _reason(context, name, reading, happened):
            found.setdefault(because, NotNow(because)).buttons.append(AT_DESK[name].button)
    return list(found.values())


def _reason(context: DeskContext, name: str, reading: Deadlines, happened: set[str]) -> str:
    """Return why and until when, "" where a button would not be looked for."""
    if AT_DESK[name].goes_on and reading.ball == Ball.PRODUCER:
        return f"Not before the producer answers.{_due_words(reading)}"
    refusal = context.refusal_of(name, happened=happened)
    if refusal and context.refusal_of(name, happened=()) is None:  # only once, and that was it
        return f"{refusal}{_due_words(reading)}"
    if context.proposal and context.may_propose(name) and not context.may_act(name):
        return "A prepared decision waits in the outbox; a manager sends or discards it first."
    return ""


def _due_words(reading: Deadlines) -> str:
    if reading.due is None:
        return ""
    whose = "Your" if reading.ball == Ball.LABEL else "Their"
    return f" {whose} answer is due by {day_words(reading.due)}."
