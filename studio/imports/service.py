"""Songs brought into the studio: all of them or none, each through the door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce, Lower

from accounts.models import User
from studio.actions import perform
from studio.choices import Act
from studio.creation import make_pack, make_projects
from studio.imports.lines import Choice, Line, choice_of, name_of
from studio.models import Pack, Project, StudioEvent
from studio.similar_songs.lookup import songs_done
from studio.step_lists import steps_of


@dataclass(frozen=True)
class Place:
    """Where songs go: a pack that is there, a new one with these facts, or none; as projects or tracklist lines."""

    pack: Pack | None = None
    new_pack: dict[str, Any] | None = None
    as_entries: bool = False
    steps: str = ""
    """The word of the template that projects begin with (`studio.step_lists`)."""


def import_songs(user: User, songs: Sequence[Line], place: Place, *, key: UUID) -> StudioEvent:
    """Make projects or lines of a tracklist; return the first event. A repeated key returns the same.

    Raises ValidationError by field, NotAllowed, NotPossible.
    """
    if not songs:
        raise ValidationError({"songs": "Select at least one song."})
    with transaction.atomic():
        pack = place.pack
        if place.new_pack is not None:
            pack = make_pack(user, key=uuid5(key, "pack"), **place.new_pack).pack
        if place.as_entries and pack:
            entries = [(line.artist, line.title) for line in songs]
            return perform(pack, Act.ADD_ENTRIES, user=user, key=key, entries=entries)
        facts, steps = [line.facts() for line in songs], steps_of(user, place.steps)
        return make_projects(user, facts, key=key, pack=pack, steps=steps)[0]


def choice_for(pack: Pack | None, user: User, lines: Sequence[Line]) -> Choice:
    """Return lines with what speaks against each of them. Three queries."""
    return choice_of(lines, _known_in(pack, user, lines), songs_done(line.name for line in lines))


def _known_in(pack: Pack | None, user: User, lines: Sequence[Line]) -> dict[str, str]:
    """Return by name where songs are already: in the pack, or among a person's own projects. Two queries."""
    if pack is None:
        titles = [line.title.lower() for line in lines]
        named = Project.objects.current().annotate(lower_title=Lower(Coalesce("track__title", "title")))
        rows = named.filter(owner=user, lower_title__in=titles).with_shown()
        return _names(rows, "You already have a project for this song")
    known = {name_of(each.artist, each.title): "Already on the tracklist" for each in pack.entries.all()}
    return known | _names(pack.projects.current().with_shown(), "Already in the pack")


def _names(rows: Iterable[Project], words: str) -> dict[str, str]:
    return {name_of(each.artist, each.shown_title): words for each in rows}
