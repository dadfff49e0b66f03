"""Requests to join: answered, reopened, and one's own."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, RequestState, Visibility
from studio.levels import level_in_project
from studio.models import CrewRequest, Project, ProjectCrew, StudioEvent
from studio.tests.builders import a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
REQUESTS = "/studio/requests/"


@pytest.fixture
def owner(db: None) -> User:
    return make_producer(artist_name="Mara Lind")


@pytest.fixture
def project(owner: User) -> Project:
    project = a_project(owner)
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    return project


@pytest.fixture
def asked(project: Project) -> CrewRequest:
    act(
        project,
        Act.ASK_TO_JOIN,
        make_producer(artist_name="Ola Beat"),
        message="I drum.",
        parts=["drums", "fills"],
    )
    return CrewRequest.objects.get()


def answer(user: User, name: str, request: CrewRequest, **fields: Any) -> Any:
    path = reverse(f"studio:request-{name}", args=[request.project.code, request.pk])
    return client_of(user).post(path, {"key": uuid4(), **fields})


def page(user: User, query: str = "") -> str:
    return client_of(user).get(f"{REQUESTS}{query}").content.decode()


def test_owner_accepts_with_parts_and_level(owner: User, project: Project, asked: CrewRequest) -> None:
    shown = page(owner)
    assert "Ola Beat" in shown
    assert "I drum." in shown
    assert 'value="drums, fills"' in shown
    assert answer(owner, "accept", asked, level=3, parts="drums").status_code == 303
    row = ProjectCrew.objects.get()
    assert (row.user, row.level, row.parts) == (asked.user, 3, ["drums"])
    assert "No requests to answer" in page(owner)
    assert "Accepted" in page(owner, "?show=answered")
    assert "In the crew for:" in page(asked.user, "?show=own")


def test_owner_refuses_and_reopens(owner: User, asked: CrewRequest) -> None:
    assert answer(owner, "refuse", asked).status_code == 303
    again = answer(owner, "accept", asked, level=2)
    assert again.status_code == 409
    assert "no longer open: declined" in again.content.decode()
    assert "Reopen" in page(owner, "?show=answered")
    assert answer(owner, "reopen", asked).status_code == 303
    assert "Ola Beat" in page(owner)


def test_answer_with_a_part_too_long_is_kept(owner: User, asked: CrewRequest) -> None:
    refused = answer(owner, "accept", asked, level=3, parts="x" * 61)
    assert refused.status_code == 422
    assert "x" * 61 in refused.content.decode()
    assert "Use at most 60 characters" in refused.content.decode()


def test_nobody_but_the_owner_answers(project: Project, owner: User, asked: CrewRequest) -> None:
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    for name in ("accept", "refuse", "reopen"):
        assert answer(editor, name, asked).status_code == 403
        assert answer(asked.user, name, asked).status_code == 403
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PRIVATE)
    assert answer(make_producer(), "accept", asked).status_code == 404
    assert "Ola Beat" not in page(editor)


def test_request_of_another_project_is_not_answered_here(owner: User, asked: CrewRequest) -> None:
    other = a_project(owner)
    path = reverse("studio:request-accept", args=[other.code, asked.pk])
    assert client_of(owner).post(path, {"key": uuid4(), "level": 2}).status_code == 404


def test_who_asked_sees_and_withdraws_their_own(asked: CrewRequest) -> None:
    assert "Night Shift" in page(asked.user, "?show=own")
    path = reverse("studio:ask-withdraw", args=[asked.project.code])
    assert client_of(asked.user).post(path, {"key": uuid4()}).status_code == 303
    assert "Withdrawn" in page(asked.user, "?show=own")
    assert "No requests yet" in page(make_producer(), "?show=own")


def test_who_asked_reads_nothing_of_a_project_that_is_private_now(
    owner: User, project: Project, asked: CrewRequest
) -> None:
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PRIVATE)
    act(project, Act.EDIT, owner, title="Secret Tides")
    shown = page(asked.user, "?show=own")
    assert "A project that is private now" in shown
    assert "Secret Tides" not in shown
    assert f'href="/studio/{project.code}/"' not in shown
    act(project, Act.ACCEPT_REQUEST, owner, request=asked.pk)
    assert "Secret Tides" in page(asked.user, "?show=own")
    act(project, Act.LEAVE, asked.user)
    assert "Secret Tides" not in page(asked.user, "?show=own")


def test_request_is_withdrawn_though_the_project_is_private_now(
    owner: User, project: Project, asked: CrewRequest
) -> None:
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PRIVATE)
    path = reverse("studio:ask-withdraw", args=[project.code])
    key = uuid4()
    for sent in (key, key, uuid4()):  # twice, and once more
        answer = client_of(asked.user).post(path, {"key": sent})
        assert (answer.status_code, answer["Location"]) == (303, f"{REQUESTS}?show=own")
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN
    assert StudioEvent.objects.filter(act=Act.WITHDRAW_REQUEST).count() == 1
    assert client_of(make_producer()).post(path, {"key": uuid4()}).status_code == 404
    act(project, Act.DISCARD, owner)
    assert client_of(asked.user).post(path, {"key": uuid4()}).status_code == 404


def test_request_of_a_closed_account_waits_nowhere(owner: User, asked: CrewRequest) -> None:
    client, code = client_of(owner), asked.project.code
    pages = [reverse(f"studio:{name}", args=[code]) for name in ("project", "project-crew")]
    for path in (*pages, reverse("studio:next"), reverse("home")):
        assert "to join" in client.get(path).content.decode(), path
    User.objects.filter(pk=asked.user.pk).update(is_active=False)
    assert "No requests to answer" in page(owner)
    for path in pages:
        assert "1 person asks" not in client.get(path).content.decode()
        assert "1 asks to join" not in client.get(path).content.decode()
    for path in (reverse("studio:next"), reverse("home")):
        assert "asks to join" not in client.get(path).content.decode(), path


def test_accepted_person_edits_the_project(owner: User, project: Project, asked: CrewRequest) -> None:
    answer(owner, "accept", asked, level=3, parts="")
    assert level_in_project(asked.user, project) == Level.EDIT


@pytest.mark.parametrize("many", [1, 5])
@pytest.mark.parametrize("show", ["", "own"])
def test_page_takes_as_many_queries_for_five_as_for_one(
    owner: User, many: int, show: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asker = make_producer()
    for _ in range(many):
        each = a_project(owner)
        act(each, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
        act(each, Act.ASK_TO_JOIN, asker)
    client = client_of(owner if show == "" else asker)
    with django_assert_num_queries(4):
        client.get(f"{REQUESTS}?show={show}")


def test_answer_to_htmx_is_the_list_and_what_is_said(owner: User, asked: CrewRequest) -> None:
    client, path = client_of(owner), reverse("studio:request-accept", args=[asked.project.code, asked.pk])
    headers = {"HX-Request": "true", "HX-Target": "requests"}
    wrong = client.post(path, {"key": uuid4(), "level": 3, "parts": "x" * 61}, headers=headers)
    assert (wrong.status_code, "<html" in wrong.content.decode()) == (422, False)
    assert "Use at most 60 characters" in wrong.content.decode()
    done = client.post(path, {"key": uuid4(), "level": 3, "parts": ""}, headers=headers, follow=True)
    shown = done.content.decode()
    assert "<html" not in shown
    assert "No requests to answer" in shown
    assert "Ola Beat was added to the crew of Night Shift." in shown
    late = client.post(path, {"key": uuid4(), "level": 3}, headers=headers)
    assert late.status_code == 409
    assert "no longer open: accepted" in late.content.decode()
    assert "HX-Target" in late["Vary"]
