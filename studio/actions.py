"""The studio's one door: every change of a project or pack comes through here, with one event."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit import clock, codes, jobs
from studio.act_table import PACK, PROJECT, RULES
from studio.choices import Act, Level
from studio.effects import EFFECTS
from studio.effects.context import Context
from studio.effects.facts import pack_facts, project_facts
from studio.effects.places import MOST_PROJECTS, next_position
from studio.effects.steps import begin_steps
from studio.errors import REFUSALS, NotAllowed, NotPossible, NotVisible
from studio.event_keys import first_event, made_before
from studio.levels import level_in_pack, level_in_project
from studio.models import Pack, Project, StudioEvent
from studio.similar_songs.public_songs import keep_public_song


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
    with transaction.atomic():
        lock_maker(user)
        if first := made_before(user, [key], PROJECT):
            return first[0]
        locked = _locked_pack(user, pack)
        project = Project(owner=user, **project_facts(facts))
        if locked:
            project.pack, project.position = locked, next_position(locked)
        project.save()
        jobs.announce("new_project", project_id=project.pk)
        return _record(user, Act.MAKE, key, Subject(project, locked), {})


def make_projects(
    user: User,
    songs: Sequence[Mapping[str, Any]],
    *,
    key: UUID,
    pack: Pack | None = None,
    steps: Sequence[Mapping[str, Any]] = (),
) -> list[StudioEvent]:
    """Make a project of each song's facts, all or none, in this order in the pack, if one is given. Few statements.

    `steps` are those of a template, which each begins with; such projects cause no search for their song.
    A repeated `key` returns the first events. Raises ValidationError by field, NotAllowed.
    """
    keys = [key, *(uuid5(key, str(number)) for number in range(1, len(songs)))]
    with transaction.atomic():
        lock_maker(user)
        if first := made_before(user, keys, PROJECT):
            return first
        locked = _locked_pack(user, pack)
        _refuse_too_many(len(songs), locked)
        begin = next_position(locked) if locked else 0
        rows = [Project(owner=user, pack=locked, **project_facts(each)) for each in songs]
        for place, (row, code) in enumerate(zip(rows, _free_codes(len(rows)), strict=True)):
            row.code, row.position = code, begin + place if locked else None
        subjects = [Subject(row, locked) for row in Project.objects.bulk_create(rows)]
        events = _record_each(user, Act.MAKE, keys, subjects, {})
        if steps:
            numbers = begin_steps(rows, steps)
            further = [uuid5(each, "steps") for each in keys]
            _record_each(user, Act.ADD_STEPS, further, subjects, {"steps": numbers})
        return events


def make_pack(user: User, *, key: UUID, **facts: Any) -> StudioEvent:
    """Make a pack; `event.pack` is it. Raises ValidationError by field."""
    with transaction.atomic():
        lock_maker(user)
        if first := made_before(user, [key], PACK):
            return first[0]
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
        locked = lock(subject)
        if first := first_event(user, key, act, subject):
            return first
        level = _admitted(user, locked, act)
        moment = clock.now()
        said = EFFECTS[act](Context(locked.project, locked.pack, user, level, moment), **details)
        if rule.works_on_it:
            _touch(locked, moment)
        return _record(user, act, key, locked, said)


def lock_maker(user: User) -> None:
    """Let one person make one thing at a time, so that a form that is sent twice at once makes it once."""
    if (
        not User.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk=user.pk, is_active=True)
        .exists()
    ):
        raise NotAllowed("This account is closed.")


def _locked_pack(user: User, pack: Pack | None) -> Pack | None:
    """Return the pack, locked. Raises NotAllowed for who may not add to it, NotPossible for one in the bin."""
    if pack is None:
        return None
    locked = Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=pack.pk)
    if level_in_pack(user, locked) < Level.EDIT:
        raise NotAllowed("You cannot add projects to this pack.")
    if locked.discarded_at:
        raise NotPossible("It is in the bin. Restore it first.")
    return locked


def _refuse_too_many(count: int, pack: Pack | None) -> None:
    if not count:
        raise ValidationError({"songs": "Select at least one song."})
    if count + (pack.projects.count() if pack else 0) > MOST_PROJECTS:
        raise ValidationError({"songs": f"A pack can hold at most {MOST_PROJECTS} projects."})


def _free_codes(count: int) -> list[str]:
    """Return new codes that no project has."""
    drawn = {codes.new("PJ") for _ in range(count + 1)}
    taken = set(Project.objects.filter(code__in=drawn).values_list("code", flat=True))
    free = sorted(drawn - taken)
    return free[:count] if len(free) >= count else _free_codes(count)


def lock(subject: Project | Pack) -> Subject:
    """Lock a project or pack until the transaction ends; of a project in a pack the pack first. Raises NotPossible."""
    if isinstance(subject, Pack):
        return Subject(None, Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=subject.pk))
    pack_id = Project.objects.values_list("pack", flat=True).get(pk=subject.pk)
    pack = Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=pack_id) if pack_id else None
    rows = Project.objects.select_related("track").select_for_update(no_key=True, of=("self",))
    project = rows.get(pk=subject.pk)
    if project.pack_id != pack_id:
        raise NotPossible("It was moved to another pack meanwhile. Reload the page.")
    project.pack = pack
    return Subject(project, pack)


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


def _record(user: User | None, act: Act, key: UUID, subject: Subject, details: dict[str, Any]) -> StudioEvent:
    event = _event(user, act, key, subject, details)
    event.save()
    if subject.project:
        keep_public_song(subject.project, act)
    jobs.announce("studio_event", event_id=event.pk)
    return event


def _record_each(
    user: User, act: Act, keys: Iterable[UUID], subjects: list[Subject], details: dict[str, Any]
) -> list[StudioEvent]:
    """Write an event of each subject and announce them all."""
    rows = [_event(user, act, key, subject, details) for key, subject in zip(keys, subjects, strict=True)]
    events = StudioEvent.objects.bulk_create(rows)
    jobs.announce_each("studio_event", [{"event_id": event.pk} for event in events])
    return events


def _event(user: User | None, act: Act, key: UUID, subject: Subject, details: dict[str, Any]) -> StudioEvent:
    return StudioEvent(
        project=subject.project,
        pack=(subject.project.pack if subject.project else None) or subject.pack,
        act=act,
        actor=user,
        at=clock.now(),
        key=key,
        details=details,
    )
