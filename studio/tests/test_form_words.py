"""What the studio's forms and lists say where something is missing, wrong, or said twice."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, Visibility
from studio.tests.builders import a_pack, a_project, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> User:
    owner = make_producer(artist_name="Mara Lind")
    client.force_login(owner)
    return owner


def shown(client: Client, path: str, **data: str) -> str:
    response = client.post(path, {"key": uuid4(), **data}) if data else client.get(path)
    return str(response.content.decode())


@pytest.mark.parametrize("year", ["99", "3000", "soon"])
def test_producer_reads_what_a_project_lacks(client: Client, owner: User, year: str) -> None:
    page = shown(client, "/studio/new/", year=year, visibility="private")
    assert "Enter a title." in page
    assert "The year must be between 1900 and 2999." in page
    assert f'value="{year}"' in page


def test_producer_reads_what_a_pack_lacks(client: Client, owner: User) -> None:
    assert "Enter a title." in shown(client, "/studio/packs/new/", kind="ep", priority="3")
    pack = a_pack(owner)
    assert "Enter a title." in shown(client, f"/studio/{pack.code}/projects/new/", artist="Nova")


def test_producer_without_projects_sees_no_filter(client: Client, owner: User) -> None:
    assert 'role="search"' not in shown(client, "/studio/projects/")
    assert 'role="search"' in shown(client, "/studio/projects/?q=zzz")
    a_project(owner)
    assert 'role="search"' in shown(client, "/studio/projects/")


def test_name_of_an_owner_who_is_the_artist_is_said_once(client: Client, owner: User) -> None:
    project, pack = a_project(owner, artist="Mara Lind"), a_pack(owner, artist="Mara Lind")
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    viewer = make_producer()
    act(pack, Act.ADD_CREW, owner, person=viewer, level=Level.VIEW)
    client.force_login(viewer)
    assert shown(client, "/studio/open/").count("Mara Lind") == 1
    packs = shown(client, "/studio/packs/")
    assert "owned by Mara Lind" in packs
    assert packs.count("Mara Lind") == 1


def test_series_are_told_apart_by_their_numbers_wherever_they_are_named(client: Client, owner: User) -> None:
    series = [a_pack(owner, kind="series", title="Customs", series_number=number) for number in (3, 4)]
    projects = [a_project(owner, pack=each) for each in series]
    pages = ["", "board/", "projects/", "packs/", "new/"]
    pages += [f"{it.code}/{page}" for it in (series[0], projects[0]) for page in ("", "edit/")]
    pages += [f"{series[0].code}/{page}/" for page in ("crew", "activity", "tracklist")]
    named = {page: shown(client, f"/studio/{page}") for page in pages}
    assert [page for page in pages if "Customs 3" not in named[page]] == []
    assert [page for page in pages[:5] if "Customs 4" not in named[page]] == []


def test_owner_finds_the_code_of_a_pack_and_how_many_songs_it_has(client: Client, owner: User) -> None:
    pack = a_pack(owner, kind="series", title="Customs")
    act(pack, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides")])
    page = shown(client, f"/studio/{pack.code}/")
    assert f'<dd class="ref">{pack.code}</dd>' in page
    assert "1 song, 1 open" in page
    assert "1 of 1 song open" in shown(client, "/studio/packs/")
