"""The shelves' page and the list of files: what goes on, what is wrong, in words; the office's side of shelves."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from kit.clock import now
from recordings.choices import FileState
from recordings.models import File, Scan, Shelf
from recordings.tests.builders import make_file, make_recording, make_shelf
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
PAGE = "/recordings/shelves/"


@pytest.fixture
def shelf(cast: Cast, settings: Settings, tmp_path: Path) -> Shelf:
    """A shelf that is followed and was looked at."""
    settings.SHELVES = [tmp_path / "masters", tmp_path / "sets"]
    found = make_shelf(label=cast.label, name="Masters", root=1, watched_at=now())
    Scan.objects.create(shelf=found, ended_at=now(), files=1_240, folders=31, new=3)
    return found


def page_of(cast: Cast, **headers: str) -> str:
    answer = client_of(cast.viewer).get(PAGE, headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_page_says_what_the_last_look_found(cast: Cast, shelf: Shelf, tmp_path: Path) -> None:
    page = page_of(cast)
    assert "1,240 files in 31 folders" in page
    assert '<span class="mono">masters</span>' in page
    assert str(tmp_path) not in page
    assert "data-every" not in page
    assert "toast--warning" not in page


def test_page_asks_again_only_while_a_look_goes_on(cast: Cast, shelf: Shelf) -> None:
    Scan.objects.create(shelf=shelf, files=50, folders=2, expected=200)
    page = page_of(cast)
    assert 'data-every="2"' in page
    assert 'value="25"' in page
    part = page_of(cast, **{"HX-Request": "true", "HX-Target": "shelves"})
    assert part.startswith("{") is False
    assert "<html" not in part
    Shelf.objects.update(watched_at=now() - timedelta(hours=1))  # its watcher was killed
    assert "data-every" not in page_of(cast)


def test_page_says_what_is_wrong_with_the_folder(cast: Cast, shelf: Shelf, settings: Settings) -> None:
    problem = "The folder is empty, so nothing was called missing. Is its disk connected?"
    Scan.objects.create(shelf=shelf, ended_at=now(), problem=problem)
    assert problem in page_of(cast)
    Shelf.objects.update(watched_at=None)
    Scan.objects.update(problem="")
    assert "Nobody follows this folder now" in page_of(cast)
    settings.SHELVES = [Path("/nowhere")]
    Shelf.objects.update(root=7)
    assert "SHELVES names no folder number 7." in page_of(cast)


def test_files_that_need_somebody_are_counted_and_listed(cast: Cast, shelf: Shelf) -> None:
    recording = make_recording(shelf)
    make_file(recording, "there.wav")
    make_file(recording, "gone.wav", state=FileState.MISSING)
    File.objects.create(
        shelf=shelf,
        path=b"noise.wav",
        size=1,
        mtime_ns=1,
        state=FileState.UNREADABLE,
        problem="This is no audio.",
    )
    page = page_of(cast)
    assert 'Unreadable <span class="num">1</span>' in page
    client = client_of(cast.viewer)
    unreadable = client.get("/recordings/files/", {"folder": 1}).content.decode()
    assert "noise.wav" in unreadable
    assert "This is no audio." in unreadable
    assert "gone.wav" not in unreadable
    missing = client.get("/recordings/files/", {"state": "missing"}).content.decode()
    assert f'href="/recordings/{recording.reference}/">gone.wav' in missing
    assert client.get("/recordings/files/", {"state": "present"}).status_code == 422


def test_files_of_others_are_not_listed(cast: Cast, shelf: Shelf) -> None:
    other = make_shelf(person=cast.stranger, root=2)
    make_file(make_recording(other), "secret.wav", state=FileState.MISSING)
    client = client_of(cast.viewer)
    assert "secret" not in client.get("/recordings/files/", {"state": "missing"}).content.decode()
    assert client.get("/recordings/files/", {"folder": "2"}).status_code == 422


@pytest.mark.parametrize("path", [PAGE, "/recordings/files/?state=missing"])
def test_pages_take_as_many_queries_for_one_row_as_for_five(cast: Cast, shelf: Shelf, path: str) -> None:
    client, counts = client_of(cast.viewer), []
    client.get(path)  # reads what is cached for a minute
    for root in (2, 3, 4, 5, 6):
        other = make_shelf(label=cast.label, root=root, watched_at=now())
        Scan.objects.create(shelf=other, ended_at=now())
        make_file(make_recording(other), state=FileState.MISSING)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts == [6] * 5


def test_admin_gives_a_folder_to_a_label_or_a_person(cast: Cast, shelf: Shelf, tmp_path: Path) -> None:
    client, add = client_of(cast.admin), reverse("admin:recordings_shelf_add")
    page = client.get(add).content.decode()
    assert f"2: {tmp_path}/sets" in page
    assert "masters" not in page  # it is given to a label
    neither = client.post(add, {"name": "Sets", "root": "2"})
    assert "exactly one of them" in neither.content.decode()
    taken = client.post(add, {"name": "Sets", "root": "1", "label": cast.label.pk})
    assert "given to another shelf" in taken.content.decode()
    assert client.post(add, {"name": "Sets", "root": "2", "person": cast.stranger.pk}).status_code == 302
    assert Shelf.objects.get(name="Sets").person == cast.stranger


def test_office_counts_shelves_and_files(cast: Cast, shelf: Shelf, settings: Settings) -> None:
    make_file(make_recording(shelf), state=FileState.UNREADABLE)
    client = client_of(cast.admin)
    cards = client.get(reverse("admin:index")).context["cards"]
    (card,) = (each for each in cards if each.title == "Recordings")
    numbers = {line.words: line.number for line in card.lines}
    assert numbers["Shelves"] == "1"
    assert numbers["Shelves that nobody follows"] == "0"
    assert numbers["Files: unreadable"] == "1"
    for line in card.lines:
        assert client.get(line.url).status_code == 200, line.url
    settings.SHELVES = []
    assert "Recordings" not in [card.title for card in client.get(reverse("admin:index")).context["cards"]]
