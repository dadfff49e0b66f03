"""The studio's door for what is new: a project, many of them, or a pack, each with its first event."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kit import codes, jobs
from studio.act_table import PACK, PROJECT
from studio.choices import Act, Level
from studio.effects.facts import pack_facts, project_facts
from studio.effects.places import MOST_PROJECTS, next_position
from studio.effects.steps import begin_steps
from studio.errors import NotAllowed, NotPossible
from studio.event_keys import made_before
from studio.history import record, record_each
from studio.levels import level_in_pack
from studio.locks import Subject, lock_maker
from studio.models import Pack, Project, StudioEvent


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
        return record(user, Act.MAKE, key, Subject(project, locked), {})


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
        events = record_each(user, Act.MAKE, keys, subjects, {})
        if steps:
            numbers = begin_steps(rows, steps)
            further = [uuid5(each, "steps") for each in keys]
            record_each(user, Act.ADD_STEPS, further, subjects, {"steps": numbers})
        return events


def make_pack(user: User, *, key: UUID, **facts: Any) -> StudioEvent:
    """Make a pack; `event.pack` is it. Raises ValidationError by field."""
    with transaction.atomic():
        lock_maker(user)
        if first := made_before(user, [key], PACK):
            return first[0]
        pack = Pack.objects.create(owner=user, **pack_facts(facts))
        return record(user, Act.MAKE, key, Subject(None, pack), {})


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
