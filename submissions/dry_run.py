"""What an event would say if it were written now."""

import uuid
from typing import Any

from accounts.models import User
from kit import clock
from submissions import history
from submissions.choices import ActorRole
from submissions.context import Scene
from submissions.details import plain_part
from submissions.effects import STEPS
from submissions.errors import NotPossible
from submissions.models import Event, Submission
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

    Without a `user` it is of somebody in this role. Asks for no permission. Raises NotPossible for a state that
    forbids it, ValidationError by field for details that are wrong.
    """
    rule = RULES[transition]
    if submission.state not in rule.sources:
        raise NotPossible(f"This cannot be done while it says “{submission.words.desk_name}”.")
    events = list(Event.objects.of(submission))
    scene = Scene(submission, role, clock.now(), note, events)
    step = STEPS[rule.name](scene, **details)
    entry = history.Entry(
        transition=rule.name.value,
        actor_role=role.value,
        key=uuid.uuid4(),
        actor=user,
        payload=plain_part(step.payload),
        private=plain_part(step.private),
        note=note,
    )
    return history.build(submission, events[-1], entry, moment=scene.now)
