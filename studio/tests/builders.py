"""Projects and packs, made through the door."""

from typing import Any
from uuid import uuid4

from accounts.models import User
from catalog.models import Track
from catalog.tracks.track_form_set import TrackFormSet
from studio.actions import perform
from studio.choices import Act
from studio.creation import make_pack, make_project
from studio.models import Pack, Project, ReferenceList, StepTemplate, StudioEvent
from studio.reference_lists.reader import Song
from studio.reference_lists.service import replace_songs
from studio.step_templates.service import save_template


def a_project(owner: User, *, pack: Pack | None = None, **facts: Any) -> Project:
    """Return a new project; titled "Night Shift" unless told otherwise."""
    made = make_project(owner, key=uuid4(), pack=pack, **{"title": "Night Shift", **facts}).project
    assert made
    return made


def a_pack(owner: User, **facts: Any) -> Pack:
    made = make_pack(owner, key=uuid4(), **{"title": "Harbour", **facts}).pack
    assert made
    return made


def act(subject: Project | Pack, name: Act, user: User | None, /, **details: Any) -> StudioEvent:
    """Do something to a project or pack, with a key of its own."""
    return perform(subject, name, user=user, key=uuid4(), **details)


NO_PEOPLE = {"people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0"}


def track_forms(owner: User, track: Track | None = None, **fields: str) -> TrackFormSet:
    """Return valid forms of a track, as posted from the page that makes a project a demo."""
    forms = TrackFormSet(owner, track, {"title": "Night Shift", **NO_PEOPLE, **fields})
    assert forms.is_valid(), forms.form.errors
    return forms


def own_template(owner: User, *names: str, name: str = "Mine") -> StepTemplate:
    """Return a new step template of this person, with steps of these names, "Mix" if none are given."""
    template = StepTemplate(owner=owner)
    rows = [
        {"number": number, "position": number, "name": step, "weight": 10}
        for number, step in enumerate(names or ("Mix",), 1)
    ]
    save_template(template, name, rows)
    return template


def a_reference_list(*songs: tuple[str, str], name: str = "") -> ReferenceList:
    """Return a list of these songs, each (artist, title); called "Official songs" unless told otherwise."""
    count = ReferenceList.objects.count()
    made = ReferenceList.objects.create(name=name or f"Official songs{f' {count + 1}' if count else ''}")
    replace_songs(made, [Song(*each) for each in songs], by=None)
    return made
