"""Packs and tracks that a project's forms offer: the newest, at the same cost however many there are."""

import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from studio import form_fields
from studio.choices import Act, State
from studio.models import Project
from studio.project_page.forms import MORE_PACKS, MORE_TRACKS
from studio.tests.builders import a_pack, a_project, act
from studio.tests.test_project_page import fresh, queries, send, text_of, url
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner)


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def test_edit_page_costs_as_many_queries_with_five_packs_and_tracks(
    client: Client, project: Project, owner: User
) -> None:
    a_pack(owner)
    make_track(owner)
    client.get(url(project, "edit/"))
    assert queries(client, url(project, "edit/")) == 6
    for number in range(4):
        a_pack(owner, title=str(number))
        make_track(owner, title=str(number))
    assert queries(client, url(project, "edit/")) == 6


def options(page: str, name: str) -> int:
    """Return how many rows a select lists."""
    return page.split(f'name="{name}"')[1].split("</select>")[0].count("<option") - 1


def test_newest_packs_and_tracks_are_offered_and_an_older_one_is_taken(
    client: Client, project: Project, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_fields, "MOST_OFFERED", 2)
    packs = [a_pack(owner, title=f"Pack {number}") for number in range(2)]
    for number in range(2):
        make_track(owner, title=f"Track {number}")
    page = text_of(client.get(url(project, "edit/")))
    assert (options(page, "pack"), options(page, "track")) == (2, 2)
    assert MORE_PACKS not in page
    assert MORE_TRACKS not in page
    packs.append(a_pack(owner, title="Pack 2"))
    make_track(owner, title="Track 2")
    page = text_of(client.get(url(project, "edit/")))
    assert (options(page, "pack"), options(page, "track")) == (2, 2)
    assert ("Pack 2" in page, "Pack 0" in page) == (True, False)
    assert ("Track 2" in page, "Track 0" in page) == (True, False)
    assert MORE_PACKS in page
    assert MORE_TRACKS in page
    assert send(client, project, "place/", pack=packs[0].code).status_code == 303
    assert fresh(project).pack == packs[0]


def test_page_that_makes_a_demo_says_that_there_are_more_tracks(
    client: Client, project: Project, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.handover.views.MOST_OFFERED", 1)
    act(project, Act.SET_STATE, owner, state=State.FINISHED)
    make_track(owner, title="Quayside Zero")
    said = "Your 1 newest tracks."
    assert said not in text_of(client.get(url(project, "demo/")))
    make_track(owner, title="Quayside One")
    page = text_of(client.get(url(project, "demo/")))
    assert said in page
    assert "Quayside Zero" not in page
