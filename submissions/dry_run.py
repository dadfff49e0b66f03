"""What an event would say if it were written now."""

import uuid
from typing import Any

from accounts.models import User
from kit import clock
from submissions import history
from submissions.choices import ActorRole
from submissions.context import Context
from submissions.details import plain_part
from submissions.effects import EFFECTS
from submissions.models import Event, Submission
from submissions.refusals import refusal_for
from submissions.transition_table import RULES


def rehearsed(
    submission: Submission,
    transition: str,
    *,
    role: ActorRole,
    user: User | None,
    note: str = "",
    **details: Any,
) -> Event:
    """Return the event that this transition would append now, saved nowhere; its digest is not the later one's.

    Without a `user` it is of somebody in this role, which is taken on trust. Raises what the door raises: NotAllowed,
    NotPossible, and ValidationError by field for details that are wrong.
    """
    rule = RULES[transition]
    events = list(Event.objects.of(submission))
    if refusal := refusal_for(submission, rule, role, happened={event.transition for event in events}):
        raise refusal
    context = Context(submission, role, clock.now(), note, events)
    step = EFFECTS[rule.name](context, **details)
    entry = history.Entry(
        transition=rule.name.value,
        actor_role=role.value,
        key=uuid.uuid4(),
        actor=user,
        payload=plain_part(step.payload),
        private=plain_part(step.private),
        note=note,
    )
    return history.build(submission, events[-1], entry, moment=context.now)
