"""A line of a tracklist that becomes a project."""

from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from studio.actions import perform
from studio.choices import Act, Mark
from studio.errors import Gone, NotPossible
from studio.event_keys import first_event
from studio.locks import lock_maker
from studio.models import Pack, StudioEvent
from studio.new_project import begin_project
from studio.step_lists import default_of, steps_of


def begin_entry(pack: Pack, entry: int, *, user: User, key: UUID) -> StudioEvent:
    """Begin a project of a line's artist and title in its pack, and mark the line; returns the mark's event.

    A repeated key returns the first one. Raises Gone, NotPossible if it is in the making already, NotAllowed.
    """
    marking = uuid5(key, "mark")
    with transaction.atomic():
        lock_maker(user)  # before the pack, as whoever makes a project does
        if first := first_event(user, marking, Act.MARK_ENTRY, pack):
            return first
        locked = Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=pack.pk)
        line = locked.entries.filter(number=entry).first()
        if line is None:
            raise Gone("song")
        if line.project_id:
            raise NotPossible(f"“{line.title}” already has a project.")
        if locked.discarded_at:
            raise NotPossible("It is in the bin. Restore it first.")
        named = {"title": line.title, "artist": line.artist}
        project = begin_project(user, key=key, pack=locked, steps=steps_of(user, default_of(user)), **named)
        marked = {"entry": entry, "mark": Mark.PROJECT, "project": project}
        return perform(locked, Act.MARK_ENTRY, user=user, key=marking, **marked)
