"""A form whose key did something else before: nothing is done, and a sentence says so."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.actions import perform
from studio.choices import Act
from studio.creation import make_pack, make_project, make_projects
from studio.errors import NotPossible
from studio.event_keys import IS_USED
from studio.models import Pack, Project, StudioEvent
from studio.tests.builders import a_pack, a_project, act
from studio.tests.test_project_page import text_of, url
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
FORMS: dict[str, dict[str, Any]] = {
    "state/": {"state": "finished"},
    "edit/": {"title": "Day Shift"},
    "steps/": {"name": "Mix"},
    "steps/add/": {"name": "Mix", "weight": "10"},
    "links/": {"url": "https://example.com/x"},
    "visibility/": {"visibility": "public"},
}


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


@pytest.fixture
def used(owner: User) -> UUID:
    """The key of an act on another project."""
    return act(a_project(owner, title="Other"), Act.DISCARD, owner).key


@pytest.mark.parametrize("place", FORMS)
def test_form_with_the_key_of_another_act_is_refused(
    client: Client, owner: User, used: UUID, place: str
) -> None:
    project = a_project(owner)
    before = StudioEvent.objects.count()
    answer = client.post(url(project, place), {"key": used, **FORMS[place]})
    assert answer.status_code == 409
    assert IS_USED in text_of(answer)
    assert StudioEvent.objects.count() == before
    assert Project.objects.get(pk=project.pk).title == "Night Shift"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/studio/new/", {"title": "New", "visibility": "private"}),
        ("/studio/packs/new/", {"title": "New", "kind": "ep", "priority": "2"}),
    ],
    ids=["project", "pack"],
)
def test_nothing_is_begun_with_the_key_of_another_act(
    client: Client, used: UUID, path: str, data: dict[str, str]
) -> None:
    answer = client.post(path, {"key": used, **data})
    assert answer.status_code == 409
    assert IS_USED in text_of(answer)
    assert not Project.objects.filter(title="New").exists()
    assert not Pack.objects.exists()


def test_tracklist_is_not_added_to_with_the_key_of_another_act(
    client: Client, owner: User, used: UUID
) -> None:
    series = a_pack(owner, kind="series")
    answer = client.post(f"/studio/{series.code}/tracklist/add/", {"key": used, "lines": "Nova – Tides"})
    assert answer.status_code == 409
    assert IS_USED in text_of(answer)
    assert not series.entries.exists()


def test_key_of_the_same_act_elsewhere_is_refused(owner: User) -> None:
    one, other, key = a_project(owner), a_project(owner), uuid4()
    pack = a_pack(owner)
    first = perform(one, Act.EDIT, user=owner, key=key, title="One")
    assert perform(one, Act.EDIT, user=owner, key=key, title="Again") == first
    for subject in (other, pack):
        with pytest.raises(NotPossible, match="sent before"):
            perform(subject, Act.EDIT, user=owner, key=key, title="Other")
    in_pack = a_project(owner, pack=pack)
    key = act(in_pack, Act.EDIT, owner, title="Of the pack").key
    with pytest.raises(NotPossible, match="sent before"):
        perform(pack, Act.EDIT, user=owner, key=key, title="Other")


def test_key_that_made_one_kind_makes_no_other(owner: User) -> None:
    of_pack, of_project = uuid4(), uuid4()
    make_pack(owner, key=of_pack, title="Harbour")
    make_project(owner, key=of_project, title="One")
    with pytest.raises(NotPossible, match="sent before"):
        make_project(owner, key=of_pack, title="Two")
    with pytest.raises(NotPossible, match="sent before"):
        make_projects(owner, [{"title": "Two"}], key=of_pack)
    with pytest.raises(NotPossible, match="sent before"):
        make_pack(owner, key=of_project, title="Quay")
