"""The one door: every change of a submission's state and every fact comes through `perform`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from kit import clock, jobs
from submissions import history, projections, revisions
from submissions.choices import Capacity, Transition
from submissions.context import Scene, Step
from submissions.details import plain_part
from submissions.effects import STEPS
from submissions.errors import NotPossible, Stale
from submissions.models import Event, Revision, Submission
from submissions.permissions import Actor, admitted
from submissions.sentences import who_did_what
from submissions.transition_table import IN_SUSPENSION, RULES, Rule

T = Transition
MOVES: Mapping[str, Callable[[Submission], None]] = MappingProxyType(
    {
        T.SUBMIT: Submission.submit,
        T.START_REVIEW: Submission.start_review,
        T.SHORTLIST: Submission.shortlist,
        T.REQUEST_CHANGES: Submission.request_changes,
        T.RESUBMIT: Submission.resubmit,
        T.ACCEPT: Submission.accept,
        T.REJECT: Submission.reject,
        T.REOPEN: Submission.reopen,
        T.SIGN: Submission.sign,
        T.DECLINE: Submission.decline,
        T.RESCIND: Submission.rescind,
        T.SCHEDULE: Submission.schedule,
        T.RELEASE: Submission.release,
        T.WITHDRAW: Submission.withdraw,
        T.EXPIRE: Submission.expire,
    }
)


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

    `turn` is what the actor's page was based on, None for who had no page; `key` makes a repetition return the
    first event. Returns the event; `event.submission` is the fresh row. Raises NotAllowed, Stale, NotPossible,
    or ValidationError by field for details that are wrong; none of them leaves a trace.
    """
    rule = RULES[transition]
    with transaction.atomic():
        fresh = Submission.objects.locked(submission.pk)
        role = admitted(actor, fresh, rule)
        events = list(Event.objects.of(fresh).with_people())
        first = next((event for event in events if event.key == key), None)
        if first and first.transition == rule.name and first.actor == actor.user:
            first.submission = fresh
            return first
        _refuse_unless_current(fresh, rule, actor, turn, events, is_used=first is not None)
        scene = Scene(fresh, role, clock.now(), note, events)
        step = STEPS[rule.name](scene, **details)
        event = _record(scene, rule, step, actor, key)
        jobs.announce("event", event_id=event.pk)
    return event


def _refuse_unless_current(
    fresh: Submission, rule: Rule, actor: Actor, turn: int | None, events: list[Event], *, is_used: bool
) -> None:
    team = actor.capacity != Capacity.PRODUCER
    if is_used or (turn is not None and turn != fresh.turn):
        raise Stale(who_did_what(events, fresh, team=team), fresh)
    if fresh.state not in rule.sources:
        name = fresh.words.desk_name if team else fresh.words.producer_name
        raise NotPossible(f"This cannot be done while it says “{name}”.")
    if fresh.label.is_suspended and rule.name not in IN_SUSPENSION:
        raise NotPossible(
            f"{fresh.label} is suspended at the moment; nothing can be decided until that is over."
        )


def _record(scene: Scene, rule: Rule, step: Step, actor: Actor, key: UUID) -> Event:
    fresh, last = scene.submission, scene.events[-1] if scene.events else None
    entry = history.Entry(
        transition=rule.name.value,
        actor_role=scene.role.value,
        key=key,
        actor=actor.user,
        acted_by=actor.acted_by,
        payload=plain_part(step.payload),
        private=plain_part(step.private),
        note=scene.note,
    )
    event = history.append(fresh, last, entry, moment=scene.now)
    if step.revision:
        revisions.save(step.revision, event)
    if not rule.is_fact:
        MOVES[rule.name](fresh)
    _project(fresh, [*scene.events, event], step.revision)
    return event


def _project(fresh: Submission, events: list[Event], revision: Revision | None) -> None:
    columns = projections.from_events(events)
    if revision:
        columns |= projections.from_copy(revision.copy)
    fresh.project(columns)
    fresh.save(update_fields=[*columns, "previous"])
