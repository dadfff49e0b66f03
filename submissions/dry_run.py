"""Build the event of a transition without saving it."""

import uuid
from typing import Any

from accounts.models import User
from kit import clock
from submissions import history
from submissions.choices import ActorRole
from submissions.details import Context, plain_part
from submissions.effects import EFFECTS
from submissions.models import Event, Submission
from submissions.permissions import refusal_for
from submissions.transition_table import RULES


def dry_run(
    submission: Submission,
    transition: str,
    *,
    role: ActorRole,
    user: User | None,
    note: str = "",
    **details: Any,
) -> Event:
    """Return the unsaved event that this transition would append now; its digest will differ from the real one.

    `role` is not checked against the `user`, who may be None. Raises what the door raises: NotAllowed, NotPossible, and
    ValidationError by field for wrong details.
    """
    rule = RULES[transition]
    events = list(Event.objects.of(submission))
    if refusal := refusal_for(submission, rule, role, happened={event.transition for event in events}):
        raise refusal
    context = Context(submission, role, clock.now(), note, events, user)
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
