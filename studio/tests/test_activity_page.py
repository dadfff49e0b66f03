"""The activity of projects and packs: a sentence for every act, who reads it, page by page."""

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from studio.activity_page.page import events_of, lines_of
from studio.activity_page.sentence_table import SENTENCES
from studio.choices import Act, Level, Visibility
from studio.models import Pack, Project
from studio.tests.builders import a_pack, a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer(artist_name="Nova")


def said(it: Project | Pack, reader: User) -> list[str]:
    """Return the sentences, the first first."""
    pack = it if isinstance(it, Pack) else None
    return [f"{line.who} {line.what}" for line in lines_of(events_of(it).order_by("id"), reader, pack)]


def test_every_act_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Act)


def test_project_is_told_from_its_first_day(owner: User) -> None:
    project, drummer = a_project(owner), make_producer(artist_name="Joe")
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}, {"name": "Master"}])
    act(project, Act.CHANGE_STEP, owner, step=1, weight=30, assignee_name="Ada")
    act(project, Act.COMPLETE_STEP, owner, step=1)
    act(project, Act.SKIP_STEP, owner, step=2)
    act(project, Act.ORDER_STEPS, owner, steps=[2, 1])
    act(project, Act.EDIT, owner, title="Day Shift", year=2027)
    act(project, Act.SET_STATE, owner, state="finished")
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    act(project, Act.ASK_TO_JOIN, drummer, message="I drum")
    request = project.requests.get().pk
    act(project, Act.REFUSE_REQUEST, owner, request=request)
    act(project, Act.REOPEN_REQUEST, owner, request=request)
    act(project, Act.ACCEPT_REQUEST, owner, request=request, level=Level.VIEW)
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    act(project, Act.REMOVE_STEP, drummer, step=1)
    act(project, Act.LINK_TRACK, owner, track=make_track(owner))
    act(project, Act.REMOVE_CREW, owner, person=drummer.pk)
    assert said(project, owner) == [
        "You created the project",
        "You added 2 steps",
        "You changed a step that was removed: who it is assigned to and the weight",
        "You completed a step that was removed; the project is now in progress",
        "You skipped “Master”",
        "You changed the order of the steps",
        "You changed the title and the year",
        "You moved it from “In progress” to “Finished”",
        "You made it visible to everybody who is signed in",
        "Joe asked to join the crew",
        "You declined Joe’s request to join",
        "You reopened Joe’s request to join",
        "You accepted Joe’s request to join",
        "You gave Joe edit access",
        "Joe removed a step",
        "You linked it to a track",
        "You removed Joe from the crew",
    ]
    assert said(project, drummer)[-1] == "Nova removed you from the crew"


def test_pack_tells_of_its_projects_while_they_are_in_it(owner: User) -> None:
    pack = a_pack(owner, kind="series")
    project = a_project(owner, pack=pack, title="Tides")
    act(pack, Act.ADD_ENTRIES, owner, entries=[("Nova", "Ebb")])
    act(pack, Act.MARK_ENTRY, owner, entry=1, mark="exists")
    assert said(pack, owner) == [
        "You created the pack",
        "You created the project",
        "You added a song to the tracklist",
        "You marked “Ebb” as existing already",
    ]
    client = client_of(owner)
    assert "Tides" in text_of(client, f"/studio/{pack.code}/activity/")
    act(project, Act.TAKE_OUT, owner)
    assert "Tides" not in text_of(client, f"/studio/{pack.code}/activity/")


def test_pack_names_no_step_of_a_project_that_was_taken_out(owner: User) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}])
    act(project, Act.COMPLETE_STEP, owner, step=1)
    assert said(pack, owner)[-1] == "You completed “Mix”; the project is now in progress"
    act(project, Act.TAKE_OUT, owner)
    act(project, Act.CHANGE_STEP, owner, step=1, name="Secret")
    assert "You completed a step; the project is now in progress" in said(pack, owner)
    assert "Secret" not in str(said(pack, owner))
    assert "You completed “Secret”; the project is now in progress" in said(project, owner)


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(" ".join(answer.content.decode().split()))


def test_strangers_read_no_activity_of_what_is_public(owner: User) -> None:
    project, pack = a_project(owner), a_pack(owner)
    for it in (project, pack):
        act(it, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    client = client_of(make_producer())
    for it in (project, pack):
        assert client.get(f"/studio/{it.code}/").status_code == 200
        refused = client.get(f"/studio/{it.code}/activity/")
        assert refused.status_code == 403
        assert "Only the crew can do this." in refused.content.decode()


def test_long_activity_is_read_page_by_page_with_as_many_queries(owner: User) -> None:
    project = a_project(owner)
    for number in range(55):
        act(project, Act.EDIT, owner, notes=str(number))
    client, path = client_of(owner), f"/studio/{project.code}/activity/"
    client.get(path)
    first, many = counted(client, path)
    assert len(first.context["lines"]) == 50
    rest, few = counted(client, path + first.context["page"].next_url)
    assert len(rest.context["lines"]) == 6
    assert (many, few) == (5, 5)


def counted(client: Client, path: str) -> tuple[Any, int]:
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    return answer, len(seen)
