"""The crew's pages of projects and packs: who is added, changed, removed, and leaves; who sees it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, RequestState, Visibility
from studio.models import CrewRequest, Pack, Project, ProjectCrew, StudioEvent
from studio.tests.builders import a_pack, a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer(artist_name="Mara Lind")


@pytest.fixture
def drummer(db: None) -> User:
    return make_producer("drums@example.com", artist_name="Ola Beat", is_public=True, slug="ola-beat")


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner)


def url(subject: Project | Pack, name: str, *more: int) -> str:
    kind = "project" if isinstance(subject, Project) else "pack"
    return reverse(f"studio:{kind}-{name}", args=[subject.code, *more])


def post(user: User, path: str, **fields: Any) -> Any:
    return client_of(user).post(path, {"key": uuid4(), **fields})


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def add(owner: User, subject: Project | Pack, person: str, **fields: Any) -> Any:
    return post(owner, url(subject, "crew-add"), **{"person": person, "level": 2, "parts": "", **fields})


PRODUCER_PAGES = ["ola-beat", "/producers/ola-beat/", "http://testserver/producers/ola-beat", "Ola-Beat"]


@pytest.mark.parametrize("typed", ["drums@example.com", " DRUMS@Example.com ", *PRODUCER_PAGES])
def test_owner_adds_somebody_by_address_or_producer_page(
    owner: User, drummer: User, project: Project, typed: str
) -> None:
    assert add(owner, project, typed, level=3, parts="drums, fills").status_code == 303
    row = ProjectCrew.objects.get()
    assert (row.user, row.level, row.parts) == (drummer, 3, ["drums", "fills"])
    page = text(client_of(owner), url(project, "crew"))
    assert "Ola Beat" in page
    assert "drums, fills" in page


@pytest.mark.parametrize("typed", ["nobody@example.com", "nobody", "http://[", "/labels/ola-beat/"])
def test_owner_is_told_that_nobody_is_found_and_keeps_what_was_typed(
    owner: User, drummer: User, project: Project, typed: str
) -> None:
    answer = add(owner, project, typed, parts="vocals")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No account has this email address" in page
    assert f'value="{typed}"' in page
    assert 'value="vocals"' in page
    assert not ProjectCrew.objects.exists()


def test_private_producer_page_finds_nobody(owner: User, project: Project) -> None:
    make_producer(slug="hidden")
    assert add(owner, project, "hidden").status_code == 422


def test_owner_is_not_added_to_their_own(owner: User, project: Project) -> None:
    answer = add(owner, project, owner.email)
    assert answer.status_code == 422
    assert "The owner already has full access." in answer.content.decode()


def test_owner_changes_and_removes_somebody(owner: User, drummer: User, project: Project) -> None:
    add(owner, project, drummer.email)
    row = ProjectCrew.objects.get()
    assert post(owner, url(project, "crew-change", row.pk), level=3, parts="drums").status_code == 303
    row.refresh_from_db()
    assert (row.level, row.parts) == (3, ["drums"])
    wrong = post(owner, url(project, "crew-change", row.pk), level=3, parts="x" * 61)
    assert wrong.status_code == 422
    assert "Use at most 60 characters" in wrong.content.decode()
    assert post(owner, url(project, "crew-remove", row.pk)).status_code == 303
    assert not ProjectCrew.objects.exists()
    gone = post(owner, url(project, "crew-remove", row.pk))
    assert gone.status_code == 409
    assert "no longer in the crew" in gone.content.decode()


def test_same_form_adds_once(owner: User, drummer: User, project: Project) -> None:
    fields = {"person": drummer.email, "level": 2, "parts": "", "key": uuid4()}
    client = client_of(owner)
    assert {client.post(url(project, "crew-add"), fields).status_code for _ in range(2)} == {303}
    assert StudioEvent.objects.filter(act=Act.ADD_CREW).count() == 1


def test_member_sees_the_crew_and_leaves_it(owner: User, drummer: User, project: Project) -> None:
    add(owner, project, drummer.email)
    page = text(client_of(drummer), url(project, "crew"))
    assert "Leave crew" in page
    assert "Add somebody" not in page
    assert post(drummer, url(project, "crew-add"), person="x", level=2).status_code == 403
    assert post(drummer, url(project, "crew-leave")).status_code == 303
    assert client_of(drummer).get(url(project, "crew")).status_code == 404


def test_crew_of_a_pack_is_named_at_its_projects(owner: User, drummer: User) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    assert add(owner, pack, drummer.email, level=3).status_code == 303
    page = text(client_of(drummer), url(project, "crew"))
    assert "Through the pack Harbour" in page
    assert "Ola Beat" in page
    assert "Leave crew" not in page
    assert post(drummer, url(project, "crew-leave")).status_code == 409
    assert post(drummer, url(pack, "crew-leave")).status_code == 303


@pytest.mark.parametrize("visibility", Visibility.values)
def test_crew_of_a_project_alone_learns_no_crew_of_its_pack(
    owner: User, drummer: User, visibility: str
) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    act(pack, Act.SET_VISIBILITY, owner, visibility=visibility)
    act(pack, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    singer = make_producer()
    act(project, Act.ADD_CREW, owner, person=singer, level=Level.EDIT)
    page = text(client_of(singer), url(project, "crew"))
    assert "Mara Lind" in page
    for secret in ("Through the pack", pack.code, "Harbour", "Ola Beat"):
        assert secret not in page
    assert "Ola Beat" in text(client_of(owner), url(project, "crew"))


def test_owner_of_the_pack_is_named_to_the_owner_of_a_project_in_it(
    owner: User, drummer: User, project: Project
) -> None:
    pack = a_pack(drummer)
    act(pack, Act.ADD_CREW, drummer, person=owner, level=Level.EDIT)
    act(project, Act.PLACE, owner, pack=pack)
    page = text(client_of(owner), url(project, "crew"))
    assert "Through the pack Harbour" in page
    assert "Owner of the pack" in page
    assert "Ola Beat" in page
    assert "Owner of the pack" not in text(client_of(drummer), url(a_project(drummer, pack=pack), "crew"))


def test_owner_opens_a_pack_and_closes_it(owner: User) -> None:
    pack = a_pack(owner)
    path = reverse("studio:pack-visibility", args=[pack.code])
    assert post(owner, path, visibility="public").status_code == 303
    assert Pack.objects.get().visibility == Visibility.PUBLIC
    assert post(owner, path, visibility="moon").status_code == 422
    assert post(owner, path, visibility="private").status_code == 303
    assert Pack.objects.get().visibility == Visibility.PRIVATE


def test_whoever_is_added_while_they_wait_needs_no_other_answer(
    owner: User, drummer: User, project: Project
) -> None:
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    act(project, Act.ASK_TO_JOIN, drummer, parts=["drums"])
    add(owner, project, drummer.email, parts="fills")
    asked = CrewRequest.objects.get()
    assert (asked.state, asked.answered_by, asked.parts_given) == (RequestState.ACCEPTED, owner, ["fills"])


def test_nobody_is_shown_an_address(owner: User, project: Project) -> None:
    nameless = User.objects.create_user("secret@example.com", makes_music=True)
    act(project, Act.ADD_CREW, owner, person=nameless, level=Level.VIEW)
    page = text(client_of(owner), url(project, "crew"))
    assert "secret@example.com" not in page
    assert "somebody" in page


@pytest.mark.parametrize("many", [1, 5])
def test_crew_page_takes_as_many_queries_for_five_as_for_one(
    owner: User, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    for _ in range(many):
        act(project, Act.ADD_CREW, owner, person=make_producer(), level=Level.VIEW)
        act(pack, Act.ADD_CREW, owner, person=make_producer(), level=Level.VIEW)
    client = client_of(owner)
    with django_assert_num_queries(8):
        client.get(url(project, "crew"))


def test_project_page_names_the_crew_and_who_waits(owner: User, drummer: User, project: Project) -> None:
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW, parts=["drums"])
    act(project, Act.ASK_TO_JOIN, make_producer())
    path = reverse("studio:project", args=[project.code])
    page = text(client_of(owner), path)
    assert "Ola Beat" in page
    assert "1 asks to join" in page
    assert "asks to join" not in text(client_of(drummer), path)
    assert "Ola Beat" not in text(client_of(make_producer()), path)
