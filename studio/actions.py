"""The studio's one door: every change of a project or pack comes through here, with one event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from kit import clock, jobs
from studio.act_table import PACK, PROJECT, RULES
from studio.choices import Act, Level
from studio.effects import EFFECTS
from studio.effects.context import Context
from studio.effects.facts import pack_facts, project_facts
from studio.effects.places import next_position
from studio.errors import REFUSALS, NotAllowed, NotPossible, NotVisible
from studio.levels import level_in_pack, level_in_project
from studio.models import Pack, Project, StudioEvent


@dataclass(frozen=True)
class Subject:
    """A project or a pack, locked; of a project in a pack the pack is locked too, and first."""

    project: Project | None
    pack: Pack | None

    @property
    def it(self) -> Project | Pack:
        found = self.project or self.pack
        assert found
        return found


def make_project(user: User, *, key: UUID, pack: Pack | None = None, **facts: Any) -> StudioEvent:
    """Make a project, in a pack of which the person is an editor if one is given; `event.project` is it.

    Raises ValidationError by field, NotAllowed.
    """
    if first := _first(user, key):
        return first
    with transaction.atomic():
        locked = Pack.objects.select_for_update(no_key=True).get(pk=pack.pk) if pack else None
        if locked and level_in_pack(user, locked) < Level.EDIT:
            raise NotAllowed("You may not add to this pack.")
        project = Project(owner=user, **project_facts(facts))
        if locked:
            project.pack, project.position = locked, next_position(locked)
        project.save()
        return _record(user, Act.MAKE, key, Subject(project, locked), {})


def make_pack(user: User, *, key: UUID, **facts: Any) -> StudioEvent:
    """Make a pack; `event.pack` is it. Raises ValidationError by field."""
    if first := _first(user, key):
        return first
    with transaction.atomic():
        pack = Pack.objects.create(owner=user, **pack_facts(facts))
        return _record(user, Act.MAKE, key, Subject(None, pack), {})


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
        locked = _locked(subject)
        if first := _first(user, key):
            return first
        level = _admitted(user, locked, act)
        moment = clock.now()
        said = EFFECTS[act](Context(locked.project, locked.pack, user, level, moment), **details)
        if rule.works_on_it:
            _touch(locked, moment)
        return _record(user, act, key, locked, said)


def _first(user: User | None, key: UUID) -> StudioEvent | None:
    return StudioEvent.objects.select_related("project", "pack").filter(actor=user, key=key).first()


def _locked(subject: Project | Pack) -> Subject:
    if isinstance(subject, Pack):
        return Subject(None, Pack.objects.select_for_update(no_key=True).get(pk=subject.pk))
    pack_id = Project.objects.values_list("pack", flat=True).get(pk=subject.pk)
    pack = Pack.objects.select_for_update(no_key=True).get(pk=pack_id) if pack_id else None
    rows = Project.objects.select_related("track").select_for_update(no_key=True, of=("self",))
    project = rows.get(pk=subject.pk)
    if project.pack_id != pack_id:
        raise NotPossible("It was moved to another pack meanwhile. Look at it again.")
    project.pack = pack
    return Subject(project, pack)


def _admitted(user: User | None, subject: Subject, act: Act) -> Level:
    """Return the level under the lock. Raises NotVisible, NotAllowed, NotPossible."""
    rule, kind = RULES[act], PROJECT if subject.project else PACK
    if kind not in rule.on:
        raise NotPossible(f"This cannot be done to a {kind}.")
    level = _level_of(user, subject.it) if user else Level.STUDIO
    if level == Level.NONE:
        raise NotVisible("There is no such project or pack.")
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


def _record(user: User | None, act: Act, key: UUID, subject: Subject, details: dict[str, Any]) -> StudioEvent:
    event = StudioEvent.objects.create(
        project=subject.project,
        pack=(subject.project.pack if subject.project else None) or subject.pack,
        act=act,
        actor=user,
        at=clock.now(),
        key=key,
        details=details,
    )
    jobs.announce("studio_event", event_id=event.pk)
    return event
