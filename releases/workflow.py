"""The second door: every change of a release and of its tracks and steps comes through `perform`."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from kit import clock, jobs
from releases import history
from releases.details import Context, Effect, plain_part
from releases.effects import EFFECTS
from releases.errors import Stale
from releases.follow import follow
from releases.models import Release, ReleaseEvent
from releases.permissions import Actor, admitted, refusal_for, saying_why_refused
from releases.projections import replay
from releases.rows import write
from releases.transition_table import OF_A_STEP, RULES, Rule
from releases.wording import who_did_what


def perform(
    release: Release,
    transition: str,
    *,
    actor: Actor,
    turn: int | None,
    key: UUID,
    note: str = "",
    **details: Any,
) -> ReleaseEvent:
    """Lock, check role and state, record, write the rows, let the submissions follow, announce: one transaction.

    `turn` is the turn that the actor's page showed, for a fact of a step that of the step; None without a page. A
    repeated `key` returns the first event. Returns the event; `event.release` is the fresh row. Raises NotAllowed,
    Stale, NotPossible, or ValidationError by field for wrong details; nothing is written then. `docs/releases.md`
    lists the details of each transition; `told` is a note to the producers whose submissions follow.
    """
    rule = RULES[transition]
    with transaction.atomic():
        fresh = Release.objects.locked(release.pk)
        role = admitted(actor, fresh.label, rule)
        events = list(ReleaseEvent.objects.of(fresh).with_people())
        first = next((event for event in events if event.key == key), None)
        if first and first.transition == rule.name and first.actor == actor.user:
            first.release = fresh
            return first
        context = Context(fresh, role, clock.now(), note, events)
        _refuse_stale(context, rule, turn, details, is_used=first is not None)
        if refusal := refusal_for(fresh, rule, role):
            raise refusal
        if rule.note and not note.strip() and actor.user:
            raise ValidationError({"note": rule.note})
        effect = EFFECTS[rule.name](context, **details)
        event = _record(context, rule, effect, actor, key)
        after = replay([*events, event])
        write(fresh, event, after, effect.issued)
        follow(fresh, context.picture, after, actor=actor, key=key, told=details.get("told", ""))
        jobs.announce("release_event", event_id=event.pk)
    return event


def _refuse_stale(
    context: Context, rule: Rule, turn: int | None, details: dict[str, Any], *, is_used: bool
) -> None:
    current = context.release.turn
    if rule.name in OF_A_STEP:
        step = context.picture.steps.get(details["step"])
        current = step.turn if step else current
    if is_used or (turn is not None and turn != current):
        raise Stale(who_did_what(context.events, step=details.get("step")), context.release)


def _record(context: Context, rule: Rule, effect: Effect, actor: Actor, key: UUID) -> ReleaseEvent:
    entry = history.Entry(
        transition=rule.name.value,
        actor_role=context.role.value,
        key=key,
        actor=actor.user,
        acted_by=actor.acted_by,
        payload=plain_part(effect.payload),
        private=plain_part(effect.private),
        note=context.note,
    )
    last = context.events[-1] if context.events else None
    with saying_why_refused():
        return history.append(context.release, last, entry, moment=context.now)
