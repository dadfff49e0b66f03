"""The one door: every change of a submission's state and every fact comes through `perform`."""

from uuid import UUID

from django.db import transaction

from kit import clock, jobs
from submissions import history, projections, revisions
from submissions.choices import Capacity
from submissions.details import Context, Effect, plain_part
from submissions.effects import EFFECTS
from submissions.errors import Stale
from submissions.history_rows import event_rows
from submissions.models import Event, Revision, Submission
from submissions.models.transitions import MOVES
from submissions.permissions import Actor, admitted, refusal_for, saying_why_refused
from submissions.state_machine import Rule
from submissions.timeline import who_did_what
from submissions.transition_table import DEALS, RULES

CLOSE_OTHERS = "submissions.close_others"


def perform(
    submission: Submission,
    transition: str,
    *,
    actor: Actor,
    turn: int | None,
    key: UUID,
    note: str = "",
    **details: object,
) -> Event:
    """Lock, check capacity and state, change, record, announce: one transaction, one event.

    `turn` is the turn that the actor's page showed, None without a page; a repeated `key` returns the first event.
    Returns the event; `event.submission` is the fresh row. Raises NotAllowed, Stale, NotPossible, or ValidationError by
    field for wrong details; nothing is written then.
    """
    rule = RULES[transition]
    with transaction.atomic():
        fresh = Submission.objects.locked(submission.pk)
        role = admitted(actor, fresh, rule.roles)
        events = event_rows().all(submission=fresh.pk)
        first = next((event for event in events if event.key == key), None)
        if first and first.transition == rule.name and first.actor == actor.user:
            first.submission = fresh
            return first
        _refuse_stale(fresh, actor, turn, events, is_used=first is not None)
        if refusal := refusal_for(fresh, rule, role, happened={event.transition for event in events}):
            raise refusal
        context = Context(fresh, role, clock.now(), note, events, actor.user)
        step = EFFECTS[rule.name](context, **details)
        event = _record(context, rule, step, actor, key)
        jobs.announce("event", event_id=event.pk)
        if event.from_state in DEALS and event.to_state not in DEALS:
            jobs.announce("deal_end", event_id=event.pk)
        if step.closes:
            jobs.defer([CLOSE_OTHERS], event_id=event.pk, references=list(step.closes))
    return event


def _refuse_stale(
    fresh: Submission, actor: Actor, turn: int | None, events: list[Event], *, is_used: bool
) -> None:
    if is_used or (turn is not None and turn != fresh.turn):
        raise Stale(who_did_what(events, fresh, team=actor.capacity != Capacity.PRODUCER), fresh)


def _record(context: Context, rule: Rule, step: Effect, actor: Actor, key: UUID) -> Event:
    fresh, last = context.submission, context.events[-1] if context.events else None
    entry = history.Entry(
        transition=rule.name.value,
        actor_role=context.role.value,
        key=key,
        actor=actor.user,
        acted_by=actor.acted_by,
        payload=plain_part(step.payload),
        private=plain_part(step.private),
        note=context.note,
    )
    with saying_why_refused():
        event = history.append(fresh, last, entry, moment=context.now)
    if step.revision:
        revisions.save(step.revision, event)
    if step.write:
        step.write(event)
    if not rule.is_fact:
        MOVES[rule.name](fresh)
    _project(fresh, [*context.events, event], step.revision)
    return event


def _project(fresh: Submission, events: list[Event], revision: Revision | None) -> None:
    columns = projections.from_events(events)
    if revision:
        columns |= projections.from_copy(revision.copy)
    fresh.project(columns)
    fresh.save(update_fields=[*columns, "previous"])
