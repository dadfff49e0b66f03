"""The studio's one door: every change of a project or pack comes through here, with one event.

What is new comes in through `studio.creation`.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from kit import clock
from studio.act_table import PACK, PROJECT, RULES
from studio.choices import Act, Level
from studio.effects import EFFECTS
from studio.effects.context import Context
from studio.errors import REFUSALS, NotAllowed, NotPossible, NotVisible
from studio.event_keys import first_event
from studio.history import record
from studio.levels import level_in_pack, level_in_project
from studio.locks import Subject, lock
from studio.models import Pack, Project, StudioEvent


def perform(
    subject: Project | Pack, act: Act, *, user: User | None, key: UUID, **details: Any
) -> StudioEvent:
    """Lock, read the level again, act, write one event, announce it: one transaction.

    Without a `user` the studio itself acts, after what happened elsewhere. A repeated `key` returns the first event;
    `event.project` or `event.pack` is the fresh row. Raises NotVisible, NotAllowed, NotPossible, or ValidationError by
    field; nothing is written then. `docs/studio.md` lists the details of each act.
    """
    rule = RULES[act]
    with transaction.atomic():
        locked = lock(subject)
        if first := first_event(user, key, act, subject):
            return first
        level = _admitted(user, locked, act)
        moment = clock.now()
        said = EFFECTS[act](Context(locked.project, locked.pack, user, level, moment), **details)
        if rule.works_on_it:
            _touch(locked, moment)
        return record(user, act, key, locked, said)


def _admitted(user: User | None, subject: Subject, act: Act) -> Level:
    """Return the level under the lock. Raises NotVisible, NotAllowed, NotPossible."""
    rule, kind = RULES[act], PROJECT if subject.project else PACK
    if kind not in rule.on:
        raise NotPossible(f"This cannot be done to a {kind}.")
    level = _level_of(user, subject.it) if user else Level.STUDIO
    if level == Level.NONE and rule.level > Level.NONE:
        raise NotVisible()
    if level < rule.level:
        raise NotAllowed(REFUSALS[rule.level])
    if subject.it.discarded_at and act not in (Act.RESTORE, Act.DEMO_MOVED):
        raise NotPossible("It is in the bin. Restore it first.")
    return level


def _level_of(user: User, it: Project | Pack) -> Level:
    if not User.objects.filter(pk=user.pk, is_active=True).exists():
        raise NotAllowed("This account is closed.")
    return level_in_project(user, it) if isinstance(it, Project) else level_in_pack(user, it)


def _touch(subject: Subject, moment: datetime) -> None:
    for it in (subject.project, subject.pack):
        if it:
            type(it)._default_manager.filter(pk=it.pk).update(touched_at=moment)
            it.touched_at = moment
