"""A list pasted or uploaded, previewed, and imported."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from catalog.tests.builders import make_producer
from kit.rates import changed
from studio.choices import Act, Level, Mark
from studio.models import Entry, Pack, Project, StudioEvent
from studio.template_table import BUILT_IN
from studio.tests.builders import a_pack, a_project, a_reference_list, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
LIST = "1. Nova – Low Tide\n2. Ola – Dusk\n–\n4. Ola – DUSK"


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def sent(client: Client, do: str, path: str = "/studio/import/", **data: Any) -> Any:
    return client.post(path, {"text": LIST, "do": do, **data})


def imported(client: Client, path: str = "/studio/import/", *, text: str = LIST, **data: Any) -> Any:
    """Preview a list and import what the page selected, as a browser does."""
    preview = sent(client, "preview", path, text=text).context["preview"]
    shown: dict[str, Any] = {"stamp": preview.choice.stamp, "key": uuid4(), "made_as": "projects"}
    place: dict[str, Any] = {"kind": "album", "title": "Sea", "artist": "Nova"}
    picks = [line.number for line in preview.choice.picked]
    return sent(client, "import", path, text=text, **{**shown, **place, "pick": picks, **data})


def titles() -> list[str]:
    return list(Project.objects.order_by("position", "pk").values_list("title", flat=True))


def test_preview_shows_songs_and_faults_and_saves_nothing(client: Client) -> None:
    answer = sent(client, "preview")
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert "3 songs" in page
    assert "1 line will be left out" in page
    assert "Same as number 2" in page
    assert [line.number for line in answer.context["preview"].choice.picked] == [1, 2]
    assert LIST.replace("–", "–") in answer.content.decode()
    assert not StudioEvent.objects.exists()


def test_owner_imports_a_list_as_a_new_pack(client: Client, owner: User) -> None:
    answer = imported(client)
    pack = Pack.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/studio/{pack.code}/")
    assert (pack.title, pack.artist, pack.kind, pack.owner) == ("Sea", "Nova", "album", owner)
    assert titles() == ["Low Tide", "Dusk"]
    assert list(StudioEvent.objects.values_list("act", flat=True)) == ["make"] * 3
    page = client.get(answer["Location"]).content.decode()
    assert "Imported 2 projects." in page


def test_owner_imports_projects_without_a_pack(client: Client) -> None:
    assert imported(client, kind="none", title="").status_code == 303
    assert not Pack.objects.exists()
    assert set(Project.objects.values_list("title", "position")) == {("Low Tide", None), ("Dusk", None)}


def test_owner_imports_lines_of_a_tracklist(client: Client) -> None:
    answer = imported(client, kind="series", made_as="entries")
    assert answer.status_code == 303
    assert list(Entry.objects.values_list("number", "artist", "title", "mark")) == [
        (1, "Nova", "Low Tide", Mark.OPEN),
        (2, "Ola", "Dusk", Mark.OPEN),
    ]
    assert not Project.objects.exists()


def test_projects_begin_with_the_steps_of_a_template(client: Client, owner: User) -> None:
    assert sent(client, "preview").context["preview"].form["steps"].value() == "track"
    assert imported(client, steps="remix").status_code == 303
    first = Project.objects.order_by("position").first()
    assert first
    assert first.steps.count() == len(BUILT_IN["remix"].steps)
    assert first.weight == sum(weight for _, weight in BUILT_IN["remix"].steps)
    events = StudioEvent.objects.filter(act=Act.ADD_STEPS)
    assert [event.details["steps"] for event in events] == [list(range(1, first.steps.count() + 1))] * 2
    act(first, Act.COMPLETE_STEP, owner, step=1)


def test_lines_of_a_tracklist_need_a_series(client: Client) -> None:
    answer = imported(client, kind="album", made_as="entries")
    assert answer.status_code == 422
    assert "Only a series has a tracklist." in answer.content.decode()
    assert not Pack.objects.exists()


def test_new_pack_needs_a_title_and_keeps_what_was_typed(client: Client) -> None:
    answer = imported(client, title="", artist="Nova & Ola", pick=[2])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give it a title" in page
    assert "Nova &amp; Ola" in page
    assert "4. Ola – DUSK" in page
    assert [line.number for line in answer.context["preview"].choice.picked] == [2]


def test_nothing_selected_is_refused(client: Client) -> None:
    answer = imported(client, pick=[])
    assert answer.status_code == 422
    assert "Select at least one song." in answer.content.decode()
    assert not Pack.objects.exists()


def test_same_form_twice_imports_once(client: Client) -> None:
    key = uuid4()
    first, second = (imported(client, key=key, pick=[1, 2]) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert titles() == ["Low Tide", "Dusk"]


def test_list_that_was_changed_after_the_preview_is_shown_first(client: Client) -> None:
    stamp = sent(client, "preview").context["preview"].choice.stamp
    data: dict[str, Any] = {
        "stamp": stamp,
        "key": uuid4(),
        "made_as": "projects",
        "kind": "album",
        "title": "Sea",
        "pick": [1],
    }
    answer = sent(client, "import", text="Something else", **data)
    assert answer.status_code == 409
    assert "The songs have changed since the preview." in answer.content.decode()
    assert not Project.objects.exists()


def test_editor_adds_to_a_pack_and_what_is_there_is_not_selected(client: Client, owner: User) -> None:
    pack = a_pack(owner, kind="series")
    a_project(owner, pack=pack, title="low tide", artist="NOVA")
    act(pack, Act.ADD_ENTRIES, owner, entries=[("Ola", "Dusk")])
    editor = make_producer()
    act(pack, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    path = f"/studio/{pack.code}/import/"
    preview = sent(client_of(editor), "preview", path).context["preview"]
    assert [line.doubt for line in preview.choice.usable] == [
        "Already in the pack",
        "Already on the tracklist",
        "Same as number 2",
    ]
    assert imported(client_of(editor), path, pick=[1, 2]).status_code == 303
    assert titles() == ["low tide", "Low Tide", "Dusk"]
    assert set(Project.objects.exclude(title="low tide").values_list("owner", flat=True)) == {editor.pk}


def test_own_project_of_a_song_is_told(client: Client, owner: User) -> None:
    a_project(owner, title="Dusk", artist="ola")
    a_project(make_producer(), title="Low Tide", artist="Nova")
    preview = sent(client, "preview").context["preview"]
    doubts = {line.number: line.doubt for line in preview.choice.usable}
    assert doubts == {1: "", 2: "You already have a project for this song", 4: "Same as number 2"}


def test_song_that_is_done_elsewhere_is_told_and_stays_selected(client: Client) -> None:
    found = a_reference_list(("Ola", "Dusk"))
    lines = sent(client, "preview").context["preview"].choice.usable
    assert [(line.doubt, line.is_picked) for line in lines[:2]] == [
        ("", True),
        (f"Already in {found.name}", True),
    ]


def test_viewer_and_stranger_may_not_import(owner: User) -> None:
    pack, viewer = a_pack(owner), make_producer()
    act(pack, Act.ADD_CREW, owner, person=viewer, level=Level.VIEW)
    for who, status in ((viewer, 403), (make_producer(), 404)):
        for do in ("preview", "import"):
            assert sent(client_of(who), do, f"/studio/{pack.code}/import/").status_code == status


def test_pack_in_the_bin_takes_nothing(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    act(pack, Act.DISCARD, owner)
    answer = imported(client, f"/studio/{pack.code}/import/")
    assert answer.status_code == 409
    assert "It is in the bin." in answer.content.decode()


def test_file_is_shown_as_if_it_had_been_pasted(client: Client) -> None:
    file = SimpleUploadedFile("songs.csv", "Title;Artist\nCafé;Nova\n".encode("cp1252"))
    answer = sent(client, "preview", text="", file=file)
    assert answer.status_code == 200
    assert "Title;Artist\nCafé;Nova" in answer.content.decode()
    assert [(line.title, line.artist) for line in answer.context["preview"].choice.lines] == [
        ("Café", "Nova")
    ]


@pytest.mark.parametrize(
    ("text", "content", "words"),
    [
        ("", b"", "Paste at least one song"),
        ("Nova", b"x", "There is already a list above."),
        ("", b"x" * 400_001, "This file is too large"),
        ("", b"x\0y", "This is not a text file. Save the list as CSV"),
        ("x" * 100_001, b"", "Paste 100,000 characters at most."),
        ("a\n" * 501, b"", "This list has 501 songs. Import at most 500 at once."),
    ],
    ids=["nothing", "both", "large", "no text", "long", "many"],
)
def test_unusable_list_is_refused_beside_its_field(
    client: Client, text: str, content: bytes, words: str
) -> None:
    files: dict[str, Any] = {"file": SimpleUploadedFile("songs.csv", content)} if content else {}
    answer = sent(client, "preview", text=text, **files)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_columns_are_mapped_by_the_person(client: Client) -> None:
    text = "Nova,Low Tide,2024\nOla,Dusk,2025"
    first = sent(client, "preview", text=text, layout="columns")
    assert [column["meaning"] for column in first.context["columns"]] == ["artist", "title", "album"]
    said: dict[str, Any] = {"columns": 3, "column-0": "artist", "column-1": "title", "column-2": "year"}
    second = sent(client, "preview", text=text, layout="columns", **said)
    assert [(line.title, line.year) for line in second.context["preview"].choice.lines] == [
        ("Low Tide", 2024),
        ("Dusk", 2025),
    ]
    headed = sent(client, "preview", text=text, layout="columns", has_head="on", **said)
    assert [line.title for line in headed.context["preview"].choice.lines] == ["Dusk"]


@pytest.mark.parametrize(("press", "picked"), [("all", [1, 2, 4]), ("none", [])])
def test_all_or_none_are_selected_without_javascript(client: Client, press: str, picked: list[int]) -> None:
    stamp = sent(client, "preview").context["preview"].choice.stamp
    answer = sent(client, press, stamp=stamp, pick=[1], kind="ep", title="Mine", made_as="projects")
    preview = answer.context["preview"]
    assert [line.number for line in preview.choice.picked] == picked
    assert (preview.form["kind"].value(), preview.form["title"].value()) == ("ep", "Mine")


def test_500_songs_are_imported_in_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = "\n".join(f"Nova – Song {number}" for number in range(500))
    with django_assert_max_num_queries(60):
        assert imported(client, text=text).status_code == 303
    assert Project.objects.count() == 500
    assert titles()[:2] == ["Song 0", "Song 1"]


def test_too_many_imports_are_refused(client: Client, settings: Settings) -> None:
    settings.LIMITS = changed(settings.LIMITS, "import_songs=1/h/user")
    assert imported(client).status_code == 303
    assert imported(client).status_code == 429


def test_search_is_not_offered_while_sources_are_off(client: Client) -> None:
    assert "Find an album" not in client.get("/studio/import/").content.decode()
