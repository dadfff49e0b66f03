"""A series and its tracklist: lines pasted, marked in one press, made into projects."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, Visibility
from studio.models import Entry, Pack, Project
from studio.tests.builders import a_pack, a_project, a_reference_list, act

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "entry-1"}


@pytest.fixture
def owner(client: Client) -> User:
    owner = make_producer()
    client.force_login(owner)
    return owner


@pytest.fixture
def series(owner: User) -> Pack:
    series = a_pack(owner, kind="series", title="Waves", series_number=3)
    act(series, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides"), ("Nova", "Ebb"), ("", "Intro")])
    return series


def at(name: str, pack: Pack, *more: Any) -> str:
    return reverse(f"studio:{name}", args=[pack.code, *more])


def key(**data: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **data}


def mark_of(number: int = 1) -> str:
    return Entry.objects.get(number=number).mark


def test_wrong_lines_are_named_and_nothing_is_lost(client: Client, series: Pack) -> None:
    typed = f"Nova - Flood\n\nNova - {'x' * 151}\n{'y' * 201} - Calm"
    response = client.post(at("tracklist-add", series), key(lines=typed))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Line 3: the title is too long." in page
    assert "Line 4: the artist is too long." in page
    assert "Nova - Flood" in page
    assert series.entries.count() == 3
    assert client.post(at("tracklist-add", series), key(lines="\n \n")).status_code == 422


def test_producer_pastes_lines(client: Client, series: Pack) -> None:
    sent = key(lines="1. Nova – Flood\n2. Maya Ray – Calm")
    assert client.post(at("tracklist-add", series), sent).status_code == 303
    client.post(at("tracklist-add", series), sent)
    added = list(series.entries.order_by("number").values_list("number", "artist", "title"))[3:]
    assert added == [(4, "Nova", "Flood"), (5, "Maya Ray", "Calm")]


@pytest.mark.parametrize("mark", ["exists", "irrelevant"])
def test_marking_is_one_press(client: Client, series: Pack, mark: str) -> None:
    response = client.post(at("entry-mark", series, 1), key(mark=mark))
    assert (response.status_code, response["Location"]) == (303, f"{at('tracklist', series)}#entry-1")
    assert mark_of() == mark
    page = client.post(at("entry-mark", series, 1), key(mark="open"), headers=HTMX).content.decode()
    assert mark_of() == "open"
    assert 'id="entry-1"' in page
    assert 'hx-swap-oob="true"' in page
    assert "entry-2" not in page


def test_mark_that_is_none_is_refused(client: Client, series: Pack) -> None:
    for mark in ("project", "done", ""):
        response = client.post(at("entry-mark", series, 1), key(mark=mark))
        assert response.status_code == 422
        assert "This page has expired." in response.content.decode()
    assert mark_of() == "open"


def test_line_becomes_a_project_in_one_press(client: Client, series: Pack) -> None:
    sent = key()
    page = client.post(at("entry-begin", series, 1), sent, headers=HTMX)
    project = Project.objects.get()
    assert (project.title, project.artist, project.pack) == ("Tides", "Nova", series)
    assert page.status_code == 200
    assert reverse("studio:project", args=[project.code]) in page.content.decode()
    entry = Entry.objects.get(number=1)
    assert (entry.mark, entry.project) == ("project", project)
    assert client.post(at("entry-begin", series, 1), sent).status_code == 303  # the same form again
    refused = client.post(at("entry-begin", series, 1), key(), headers=HTMX)
    assert refused.status_code == 409
    assert "already has a project" in refused.content.decode()
    assert Project.objects.count() == 1


def test_line_is_linked_to_a_project_of_the_series(client: Client, series: Pack, owner: User) -> None:
    project, other = a_project(owner, pack=series, title="Ebb"), a_project(owner, title="Elsewhere")
    assert "Ebb" in client.get(at("entry", series, 2)).content.decode()
    assert client.post(at("entry-link", series, 2), key(project=other.code)).status_code == 422
    assert client.post(at("entry-link", series, 2), key(project=project.code)).status_code == 303
    assert Entry.objects.get(number=2).project == project


def test_line_is_removed(client: Client, series: Pack) -> None:
    assert client.post(at("entry-remove", series, 1), key()).status_code == 303
    response = client.post(at("entry-remove", series, 1), key())
    assert response.status_code == 409
    assert client.get(at("entry", series, 1)).status_code == 404
    gone = client.post(at("entry-mark", series, 1), key(mark="exists"), headers=HTMX)
    assert gone.status_code == 409
    assert 'id="entry-1"' in gone.content.decode()


def test_open_line_that_is_done_elsewhere_says_so(client: Client, series: Pack) -> None:
    a_reference_list(("Nóva", "TIDES"), ("Nova", "Ebb"))
    act(series, Act.MARK_ENTRY, series.owner, entry=2, mark="irrelevant")
    lines = client.get(at("tracklist", series)).context["lines"]
    assert [line.done_in for line in lines] == ["Official songs", "", ""]


def ordered(pack: Pack) -> list[str]:
    return list(pack.entries.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ({"order": ["3", "1", "2"]}, ["Intro", "Tides", "Ebb"]),
        ({"order": ["1", "2", "3"], "up": "3"}, ["Tides", "Intro", "Ebb"]),
        ({"order": ["1", "2", "3"], "down": "1"}, ["Ebb", "Tides", "Intro"]),
        ({"order": ["1", "2", "3"], "up": "1"}, ["Tides", "Ebb", "Intro"]),
    ],
)
def test_producer_puts_the_songs_in_order(
    client: Client, series: Pack, pressed: dict[str, Any], expected: list[str]
) -> None:
    response = client.post(at("tracklist-order", series), key(**pressed))
    assert (response.status_code, response["Location"]) == (303, f"{at('tracklist', series)}#songs")
    assert ordered(series) == expected
    assert [line.place for line in client.get(at("tracklist", series)).context["lines"]] == [1, 2, 3]


def test_song_keeps_its_number_and_its_place_when_others_come_and_go(client: Client, series: Pack) -> None:
    act(series, Act.ORDER_ENTRIES, series.owner, entries=[3, 1, 2])
    act(series, Act.REMOVE_ENTRY, series.owner, entry=1)
    act(series, Act.ADD_ENTRIES, series.owner, entries=[("Nova", "Calm")])
    assert ordered(series) == ["Intro", "Ebb", "Calm"]
    assert [entry.number for entry in series.entries.all()] == [3, 2, 4]
    act(series, Act.MARK_ENTRY, series.owner, entry=2, mark="exists")
    assert [
        line.place for line in client.get(at("tracklist", series), {"mark": "exists"}).context["lines"]
    ] == [2]


@pytest.mark.parametrize("order", [["1", "2"], ["1", "2", "3", "4"], ["1", "1", "2"], ["one", "2", "3"], []])
def test_order_that_does_not_fit_is_refused(client: Client, series: Pack, order: list[str]) -> None:
    response = client.post(
        at("tracklist-order", series), key(order=order), headers={**HTMX, "HX-Target": "order-base"}
    )
    assert response.status_code in (409, 422)
    assert response["HX-Retarget"] == "#songs"
    assert 'role="alert"' in response.content.decode() or "toast--warning" in response.content.decode()
    assert client.post(at("tracklist-order", series), key(order=order)).status_code in (409, 422)
    assert ordered(series) == ["Tides", "Ebb", "Intro"]


def test_songs_of_one_mark_are_not_put_in_order(client: Client, series: Pack) -> None:
    assert client.get(at("tracklist", series)).context["may_order"]
    assert not client.get(at("tracklist", series), {"mark": "open"}).context["may_order"]
    act(series, Act.ADD_CREW, series.owner, person=(viewer := make_producer()), level=Level.VIEW)
    client.force_login(viewer)
    page = client.get(at("tracklist", series)).content.decode()
    assert "data-grip" not in page
    assert client.post(at("tracklist-order", series), key(order=["3", "1", "2"])).status_code == 403


def test_tracklist_shows_lines_of_one_mark(client: Client, series: Pack) -> None:
    act(series, Act.MARK_ENTRY, series.owner, entry=2, mark="exists")
    page = client.get(at("tracklist", series), {"mark": "exists"})
    assert [line.entry.number for line in page.context["lines"]] == [2]
    assert len(client.get(at("tracklist", series), {"mark": "nonsense"}).context["lines"]) == 3


def test_tracklist_asks_as_little_for_many_lines_as_for_three(
    client: Client, series: Pack, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(at("tracklist", series))
    with django_assert_num_queries(6):
        client.get(at("tracklist", series))
    act(series, Act.ADD_ENTRIES, series.owner, entries=[("Nova", str(each)) for each in range(20)])
    with django_assert_num_queries(6):
        client.get(at("tracklist", series))


def test_pack_that_is_no_series_has_no_tracklist(client: Client, owner: User) -> None:
    assert client.get(at("tracklist", a_pack(owner))).status_code == 404


def test_stranger_sees_the_marks_and_no_private_project(client: Client, series: Pack, owner: User) -> None:
    project = a_project(owner, pack=series, title="Tides in private")
    act(series, Act.MARK_ENTRY, owner, entry=1, mark="project", project=project)
    act(series, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    client.force_login(make_producer())
    page = client.get(at("tracklist", series)).content.decode()
    assert "In the making" in page
    assert project.code not in page
    assert client.get(at("entry", series, 1)).status_code == 403
    for name, more in (
        ("tracklist-add", []),
        ("entry-mark", [1]),
        ("entry-begin", [1]),
        ("entry-remove", [1]),
    ):
        assert client.post(at(name, series, *more), key()).status_code == 403, name


def test_crew_who_may_edit_marks_and_begins(client: Client, series: Pack, owner: User) -> None:
    editor = make_producer()
    act(series, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    client.force_login(editor)
    assert client.post(at("entry-begin", series, 1), key()).status_code == 303
    assert Project.objects.get().owner == editor
