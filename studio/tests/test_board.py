"""Board and table: what they show, what moves, who may, and what it costs."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from studio.choices import Act, Level, State
from studio.levels import level_in_project
from studio.models import Project, StudioEvent
from studio.tests.builders import a_pack, a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
BOARD, TABLE = "/studio/board/", "/studio/projects/"


def moved(user: User, path: str = BOARD, *, key: Any = None, **said: Any) -> Any:
    return client_of(user).post(path, {"key": key or uuid4(), **said})


def pick(project: Project, state: str = "planned") -> str:
    return f"{project.code}.{state}"


def state_of(project: Project) -> str:
    return Project.objects.get(pk=project.pk).state


def shown(user: User, query: str = "") -> list[str]:
    answer = client_of(user).get(f"{TABLE}{query}")
    assert answer.status_code == 200
    return [card.project.shown_title for card in answer.context["cards"]]


def columns(user: User) -> dict[str, list[str]]:
    found = client_of(user).get(BOARD).context["columns"]
    return {column.state.value: [card.project.shown_title for card in column.cards] for column in found}


def test_owner_sees_projects_by_state_lately_worked_on_first() -> None:
    owner = make_producer()
    for title in ("First", "Second", "Third"):
        a_project(owner, title=title)
    act(Project.objects.get(title="First"), Act.SET_STATE, owner, state="finished")
    act(Project.objects.get(title="Second"), Act.EDIT, owner, notes="Louder")
    assert columns(owner) == {
        "planned": ["Second", "Third"],
        "in_progress": [],
        "finished": ["First"],
        "released": [],
    }
    assert columns(make_producer()) == {state: [] for state in State.values}


def test_crew_sees_what_is_shared_and_moves_what_it_may_edit() -> None:
    owner, viewer, editor = make_producer(), make_producer(), make_producer()
    project = a_project(owner)
    act(project, Act.ADD_CREW, owner, person=viewer, level=Level.VIEW)
    pack = a_pack(owner)
    inside = a_project(owner, title="Inside", pack=pack)
    act(pack, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    assert columns(viewer)["planned"] == ["Night Shift"]
    assert columns(editor)["planned"] == ["Inside"]
    assert 'name="pick"' not in client_of(viewer).get(BOARD).content.decode()
    assert pick(inside) in client_of(editor).get(BOARD).content.decode()
    assert moved(viewer, state="finished", pick=pick(project)).status_code == 403
    assert moved(editor, state="finished", pick=pick(project)).status_code == 404
    assert moved(editor, state="finished", pick=pick(inside)).status_code == 303
    assert (state_of(project), state_of(inside)) == ("planned", "finished")


@pytest.mark.parametrize("path", [BOARD, TABLE])
def test_owner_moves_selected_projects_once_for_a_key(path: str) -> None:
    owner, key = make_producer(), uuid4()
    projects = [a_project(owner, title=title) for title in ("One", "Two", "Three")]
    said = {"state": "in_progress", "pick": [pick(each) for each in projects[:2]]}
    for _ in range(2):
        assert moved(owner, path, key=key, **said).status_code == 303
    assert [state_of(each) for each in projects] == ["in_progress", "in_progress", "planned"]
    assert StudioEvent.objects.filter(act=Act.SET_STATE).count() == 2


@pytest.mark.parametrize(
    ("said", "state"),
    [({"move": "finished"}, "finished"), ({"by": "1"}, "in_progress"), ({"by": "-1"}, "planned")],
    ids=["own button", "on", "back"],
)
def test_project_is_moved_by_its_own_button_and_by_keys(said: dict[str, str], state: str) -> None:
    owner = make_producer()
    project = a_project(owner)
    named = {"move": f"{pick(project)}.{said['move']}"} if "move" in said else {**said, "pick": pick(project)}
    assert moved(owner, **named).status_code == (409 if state == "planned" else 303)
    assert state_of(project) == state


def test_mover_is_told_when_somebody_was_faster() -> None:
    owner = make_producer()
    project, other = a_project(owner), a_project(owner, title="Other")
    act(project, Act.SET_STATE, owner, state="released")
    answer = moved(owner, state="in_progress", pick=pick(project))
    assert answer.status_code == 409
    assert "Somebody moved it to “Released” meanwhile." in answer.content.decode()
    answer = moved(owner, state="in_progress", pick=[pick(project), pick(other)])
    assert answer.status_code == 303
    assert (state_of(project), state_of(other)) == ("released", "in_progress")
    page = client_of(owner).get(BOARD)
    assert page.status_code == 200


@pytest.mark.parametrize("path", [BOARD, TABLE])
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"state": "finished"}, "Nothing is selected."),
        ({"state": "lost", "pick": "PJ-0000-0000.planned"}, "The selection could not be read."),
        ({"state": "finished", "pick": "PJ-0000-0000.lost"}, "The selection could not be read."),
        ({"state": "finished", "pick": "' OR 1=1"}, "The selection could not be read."),
        ({"move": "PJ-0000-0000"}, "The selection could not be read."),
    ],
    ids=["nothing", "no such state", "no such state shown", "no code", "half a move"],
)
def test_damaged_selection_is_refused_in_words(path: str, said: dict[str, str], sentence: str) -> None:
    owner = make_producer()
    a_project(owner)
    answer = moved(owner, path, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert moved(owner, path, state="finished", pick="PJ-0000-0000.planned").status_code == 404


def test_htmx_gets_the_columns_alone() -> None:
    owner = make_producer()
    a_project(owner)
    answer = client_of(owner).get(BOARD, headers={"HX-Request": "true", "HX-Target": "board"})
    page = answer.content.decode()
    assert 'id="board"' in page
    assert "<html" not in page
    assert {"HX-Request", "HX-Target"} <= set(answer["Vary"].split(", "))


def test_owner_finds_projects_by_words_and_terms() -> None:
    owner = make_producer()
    pack = a_pack(owner, title="Harbour")
    a_project(owner, title="Tides", artist="Maya Ray", year=2024, pack=pack)
    released = a_project(owner, title="Ebb", album="Tidal", year=2026)
    act(released, Act.SET_STATE, owner, state="released")
    linked = a_project(owner, title="Working title")
    act(linked, Act.LINK_TRACK, owner, track=make_track(owner, title="Glow"))
    assert shown(owner, "?q=tid") == ["Ebb", "Tides"]
    assert shown(owner, "?q=glow") == ["Glow"]
    assert shown(owner, f"?q={released.code}") == ["Ebb"]
    assert shown(owner, "?q=-tid") == ["Glow"]
    assert shown(owner, "?state=released") == ["Ebb"]
    assert shown(owner, '?q=artist:"maya+ray"') == ["Tides"]
    assert shown(owner, "?q=-artist:maya") == ["Glow", "Ebb"]
    assert shown(owner, "?q=pack:harb") == ["Tides"]
    assert shown(owner, "?q=pack:none+year:2025-") == ["Ebb"]
    assert shown(owner, "?q=-year:2024") == ["Glow", "Ebb"]
    assert shown(owner, "?q=worked:today+album:tidal") == ["Ebb"]
    assert shown(owner, "?sort=title") == ["Ebb", "Glow", "Tides"]
    assert shown(owner, "?mine=no") == []


def test_owner_finds_projects_by_how_much_is_done() -> None:
    owner = make_producer()
    for title, steps in (("Empty", 0), ("Half", 2), ("Done", 1)):
        project = a_project(owner, title=title)
        if steps:
            act(project, Act.ADD_STEPS, owner, steps=[{"name": f"Step {each}"} for each in range(steps)])
            act(project, Act.COMPLETE_STEP, owner, step=1)
    assert shown(owner, "?sort=done") == ["Done", "Half", "Empty"]
    assert shown(owner, "?q=done:50-") == ["Done", "Half"]
    assert shown(owner, "?q=done:-60") == ["Half"]


def test_wrong_query_is_refused_beside_its_field() -> None:
    answer = client_of(make_producer()).get(f"{TABLE}?q=done:150")
    assert answer.status_code == 422
    assert "done: A percentage must be between 0 and 100." in answer.content.decode()


def test_table_goes_on_where_a_page_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.list_page.views.SIZE", 2)
    owner, other = make_producer(), make_producer()
    for number in range(3):
        a_project(owner, title=f"Own {number}")
    shared = a_project(other, title="Shared")
    act(shared, Act.ADD_CREW, other, person=owner, level=Level.EDIT)
    first = client_of(owner).get(TABLE).context
    assert [card.project.title for card in first["cards"]] == ["Shared", "Own 2"]
    assert shown(owner, first["page"].next_url) == ["Own 1", "Own 0"]


def test_moving_comes_back_to_the_same_list() -> None:
    owner = make_producer()
    project = a_project(owner)
    answer = moved(owner, TABLE, state="finished", pick=pick(project), q="state:planned")
    assert answer["Location"] == f"{TABLE}?q=state%3Aplanned"


@pytest.mark.parametrize("path", [BOARD, TABLE, f"{TABLE}?q=mix", "/studio/", "/home/"])
def test_crew_of_a_project_alone_is_not_told_of_its_pack(path: str) -> None:
    owner, person = make_producer(), make_producer()
    pack = a_pack(owner, title="Secret")
    project = a_project(owner, title="Mix", pack=pack)
    act(project, Act.ADD_CREW, owner, person=person, level=Level.EDIT)
    page = client_of(person).get(path).content.decode()
    assert project.code in page
    assert "Secret" not in page
    assert shown(person, "?q=pack:secret") == shown(person, "?q=secret") == []
    assert shown(person, f"?q=pack:{pack.code}") == []
    assert shown(owner, "?q=secret") == shown(owner, f"?q=pack:{pack.code}") == ["Mix"]
    act(pack, Act.ADD_CREW, owner, person=person, level=Level.VIEW)
    assert "Secret" in client_of(person).get(path).content.decode()


def test_artist_of_a_project_with_a_track_is_its_owner() -> None:
    owner = make_producer(artist_name="Maya Ray")
    project = a_project(owner)
    act(project, Act.LINK_TRACK, owner, track=make_track(owner, title="Glow"))
    assert "Maya Ray" in client_of(owner).get(TABLE).content.decode()
    assert shown(owner, "?q=artist:maya") == shown(owner, "?q=maya") == ["Glow"]


def test_level_of_rows_is_that_of_the_door() -> None:
    owner, person = make_producer(), make_producer()
    pack = a_pack(owner)
    for level, level_in_pack in ((None, None), (2, None), (3, None), (None, 2), (None, 3), (2, 3), (3, 2)):
        place = a_pack(owner) if level_in_pack else pack
        project = a_project(owner, pack=place)
        if level:
            act(project, Act.ADD_CREW, owner, person=person, level=level)
        if level_in_pack:
            act(place, Act.ADD_CREW, owner, person=person, level=level_in_pack)
    a_project(person)
    for user in (owner, person):
        rows = Project.objects.with_shown().with_level(user)
        assert [getattr(each, "level", None) for each in rows] == [
            level_in_project(user, each) for each in rows
        ]


@pytest.mark.parametrize(("path", "queries"), [(BOARD, 6), (TABLE, 5)])
def test_lists_cost_the_same_for_one_project_and_for_five(path: str, queries: int) -> None:
    owner = make_producer()
    client, counts = client_of(owner), []
    for number in range(5):
        project = a_project(owner, title=f"No. {number}", pack=a_pack(owner))
        act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix", "assignee_name": "Jo"}])
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
    assert (counts[0], counts[-1]) == (queries, queries)
