"""Public projects: what strangers find, see and ask for."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from studio.choices import Act, Level, State, Visibility
from studio.models import CrewRequest, Project
from studio.tests.builders import a_pack, a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
OPEN = "/studio/open/"


@pytest.fixture
def owner(db: None) -> User:
    return make_producer(artist_name="Mara Lind")


@pytest.fixture
def stranger(db: None) -> User:
    return make_producer(artist_name="Ola Beat")


def public(owner: User, **facts: Any) -> Project:
    project = a_project(owner, **facts)
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    return project


def found(user: User, query: str = "") -> list[str]:
    """Return the titles of the list's rows."""
    page = client_of(user).get(f"{OPEN}{query}")
    return [row.project.shown_title for row in page.context["rows"]]


def post(user: User, name: str, project: Project, **fields: Any) -> Any:
    return client_of(user).post(reverse(f"studio:{name}", args=[project.code]), {"key": uuid4(), **fields})


def shown(user: User, project: Project) -> str:
    return client_of(user).get(reverse("studio:project", args=[project.code])).content.decode()


def test_stranger_finds_public_projects_in_the_making(owner: User, stranger: User) -> None:
    public(owner, title="Tides")
    a_project(owner, title="Hidden")
    act(public(owner, title="Out already"), Act.SET_STATE, owner, state=State.RELEASED)
    act(public(owner, title="Thrown away"), Act.DISCARD, owner)
    public(stranger, title="My own")
    joined = public(owner, title="Joined")
    act(joined, Act.ADD_CREW, owner, person=stranger, level=Level.VIEW)
    pack = a_pack(owner)
    public(owner, title="In my pack", pack=pack)
    act(pack, Act.ADD_CREW, owner, person=stranger, level=Level.VIEW)
    closed = make_producer()
    public(closed, title="Of a closed account")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert found(stranger) == ["Tides"]


FINDS = {
    "tid": ["Tides"],
    "TIDES nova": ["Tides"],
    "tides ola": [],
    "nócturne": ["Nocturne"],
    "harbour": ["Tides"],
    "drive": ["Night Drive"],
    "...": [],
}


@pytest.mark.parametrize("words", FINDS)
def test_stranger_searches_by_words(owner: User, stranger: User, words: str) -> None:
    public(owner, title="Tides", artist="Nova", album="Harbour Songs")
    public(owner, title="Nocturne")
    linked = public(owner, title="Working title")
    act(linked, Act.LINK_TRACK, owner, track=make_track(owner, title="Night Drive"))
    assert found(stranger, f"?q={words}") == FINDS[words]


def test_list_is_read_page_by_page(owner: User, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.open_projects.views.SIZE", 2)
    for title in ("A", "B", "C"):
        public(owner, title=f"Tape {title}")
    client = client_of(stranger)
    first = client.get(f"{OPEN}?q=tape")
    second = client.get(f"{OPEN}{first.context['page'].next_url}")
    titles = [row.project.title for page in (first, second) for row in page.context["rows"]]
    assert titles == ["Tape C", "Tape B", "Tape A"]


@pytest.mark.parametrize("query", ["?q=" + "x" * 201, "?q=a%00b"])
def test_text_that_cannot_be_looked_for_is_refused(stranger: User, query: str) -> None:
    assert client_of(stranger).get(f"{OPEN}{query}").status_code == 422


@pytest.mark.parametrize("many", [1, 5])
def test_list_takes_as_many_queries_for_five_as_for_one(
    owner: User, stranger: User, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        project = public(owner)
        act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}])
    client = client_of(stranger)
    with django_assert_num_queries(5):
        client.get(f"{OPEN}?q=night")


def test_stranger_sees_no_more_than_what_is_public(owner: User, stranger: User) -> None:
    project = public(owner, notes="A secret note", download_url="https://example.com/secret")
    act(project, Act.ADD_LINK, owner, url="https://example.com/mix", message="A secret message")
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Drums", "note": "A secret step"}])
    act(project, Act.ADD_CREW, owner, person=make_producer(artist_name="A secret member"), level=Level.VIEW)
    page = shown(stranger, project)
    assert "secret" not in page
    assert "Drums" in page
    assert "Mara Lind" in page
    assert "Send request" in page


def test_stranger_asks_is_shown_so_and_withdraws(owner: User, stranger: User) -> None:
    project = public(owner)
    assert post(stranger, "ask", project, message="I drum.", parts="drums, fills").status_code == 303
    asked = CrewRequest.objects.get()
    assert (asked.message, asked.parts_wanted) == ("I drum.", ["drums", "fills"])
    page = shown(stranger, project)
    assert "has not answered yet" in page
    assert "I drum." in page
    assert post(stranger, "ask", project).status_code == 409
    assert post(stranger, "ask-withdraw", project).status_code == 303
    assert post(stranger, "ask-withdraw", project).status_code == 409
    assert "Send request" in shown(stranger, project)
    assert post(stranger, "ask", project, message="Again").status_code == 303


def test_request_that_is_too_long_is_kept(owner: User, stranger: User) -> None:
    answer = post(stranger, "ask", public(owner), message="x" * 2001, parts="drums")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "x" * 2001 in page
    assert 'value="drums"' in page


def test_refused_stranger_is_told_and_asks_no_more(owner: User, stranger: User) -> None:
    project = public(owner)
    request = int(act(project, Act.ASK_TO_JOIN, stranger).details["request"])
    act(project, Act.REFUSE_REQUEST, owner, request=request)
    page = shown(stranger, project)
    assert "declined your request" in page
    assert "Send request" not in page
    assert post(stranger, "ask", project).status_code == 409


def test_whoever_left_may_ask_again(owner: User, stranger: User) -> None:
    project = public(owner)
    request = int(act(project, Act.ASK_TO_JOIN, stranger, parts=["drums"]).details["request"])
    act(project, Act.ACCEPT_REQUEST, owner, request=request, level=Level.VIEW, parts=["drums"])
    assert post(stranger, "ask", project).status_code == 303  # led to the project, of whose crew they are
    assert CrewRequest.objects.get().state == "accepted"
    act(project, Act.LEAVE, stranger)
    assert post(stranger, "ask", project, parts="vocals").status_code == 303
    asked = CrewRequest.objects.get()
    assert (asked.state, asked.parts_given, asked.answered_at) == ("pending", [], None)


def test_private_project_is_not_there_for_strangers(owner: User, stranger: User) -> None:
    project = a_project(owner)
    assert {post(stranger, name, project).status_code for name in ("ask", "ask-withdraw")} == {404}
