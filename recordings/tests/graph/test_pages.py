"""The graph's pages: songs found, next to what they were played, the way between two; each of what a person may see."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from recordings.models import Recording, Tracklist, Work
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import save_tracklist
from recordings.works import Name, join_recording
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db


def lines(*titles: str) -> list[Line]:
    return [Line("Nova", title, place * 60_000) for place, title in enumerate(titles)]


@pytest.fixture
def night(cast: Cast, settings: Settings, tmp_path: Path) -> Recording:
    """A set of the label, one of a rival, and a viewer of the label."""
    settings.SHELVES = [tmp_path]
    shelf = make_shelf(label=cast.label)
    night = make_recording(shelf, kind="set", title="Night", artist="Acme")
    save_tracklist(night, "manual", lines("Glue", "Low", "High"))
    save_tracklist(make_recording(shelf, kind="set", title="Day"), "manual", lines("High", "Low", "Sun"))
    hidden = make_recording(make_shelf(person=cast.rival), kind="set", title="Secret")
    save_tracklist(hidden, "manual", lines("Glue", "Hidden", "Sun"))
    return night


@pytest.fixture
def viewer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.viewer)
    return client


def work(title: str) -> Work:
    return Work.objects.get(title=title)


def test_song_is_found_with_what_was_played_next_to_it(viewer: Client, night: Recording) -> None:
    found = viewer.get("/recordings/graph/", {"q": "low"})
    assert found.context["found"] == [work("Low")]
    page = viewer.get(f"/recordings/graph/{work('Low').reference}/")
    assert [(each.work.title, each.recordings) for each in page.context["neighbours"]] == [
        ("High", 2),
        ("Glue", 1),
        ("Sun", 1),
    ]
    assert [(row.place, row.time) for row in page.context["plays"]] == [("Day", "1:00"), ("Night", "1:00")]
    assert "after Nova - Glue, before Nova - High" in " ".join(page.content.decode().split())


def test_what_only_others_played_is_not_there(viewer: Client, night: Recording) -> None:
    assert viewer.get(f"/recordings/graph/{work('Hidden').reference}/").status_code == 404
    assert viewer.get("/recordings/graph/", {"q": "hidden"}).context["found"] == []
    page = viewer.get(f"/recordings/graph/{work('Glue').reference}/")
    assert "Secret" not in page.content.decode()
    way = viewer.get(
        "/recordings/graph/way/", {"from": work("Hidden").reference, "to": work("Glue").reference}
    )
    assert "No song that was played has these words." in way.content.decode()


def test_way_is_shown_with_the_sets_between(viewer: Client, night: Recording) -> None:
    page = viewer.get("/recordings/graph/way/", {"from": "glue", "to": work("Sun").reference})
    assert [step.work.title for step in page.context["way"]] == ["Glue", "Low", "Sun"]
    assert [step.recording and step.recording.title for step in page.context["way"]] == [None, "Night", "Day"]


def test_words_of_several_songs_are_asked_back(viewer: Client, night: Recording) -> None:
    page = viewer.get("/recordings/graph/way/", {"from": "nova", "to": "Nova - Sun"})
    text = page.content.decode()
    assert "Several songs have these words" in text
    assert f"?from={work('Glue').reference}&amp;to={work('Sun').reference}" in text
    assert "way" not in page.context


@pytest.mark.parametrize("typed", ["", "WK-0000-0000", "\0", "'", "%", "a & | !", "x" * 5_000, "nova " * 400])
def test_any_words_are_answered(viewer: Client, night: Recording, typed: str) -> None:
    assert viewer.get("/recordings/graph/", {"q": typed}).status_code == 200
    assert viewer.get("/recordings/graph/way/", {"from": typed, "to": typed}).status_code == 200


def test_sets_that_share_most(viewer: Client, night: Recording) -> None:
    page = viewer.get(f"/recordings/{night.reference}/sharing/")
    assert [(each.recording.title, each.works) for each in page.context["sets"]] == [("Day", 2)]


def test_where_our_releases_were_played(cast: Cast, viewer: Client, night: Recording) -> None:
    assert viewer.get("/recordings/graph/").context["supports"] == []
    master = make_recording(night.shelf)
    join_recording(master, Name("Nova", "High"))
    demo = cast.demo("signed")
    save_tracklist(night, "manual", [*lines("High"), Line(demo.artist, demo.title)])
    type(demo).objects.filter(pk=demo.pk).update(team_name=Work.objects.get(title=demo.title).digest)
    Tracklist.objects.filter(recording=night).update(played_on="2026-05-01")
    page = viewer.get("/recordings/graph/")
    assert [(str(row.support.play.work), row.place) for row in page.context["supports"]] == [
        ("Nova - High", "Day"),
        ("Nova - High", "Night"),
        (f"{demo.artist} - {demo.title}", "Night"),
    ]
    assert "1 May 2026" in page.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_grow(viewer: Client, night: Recording, count: int) -> None:
    join_recording(make_recording(night.shelf), Name("Nova", "Low"))
    for number in range(count):
        recording = make_recording(night.shelf, kind="set")
        save_tracklist(recording, "manual", lines("Glue", "Low", f"Other {number}", "Sun"))
    counts = {}
    for path in (
        "/recordings/graph/",
        "/recordings/graph/?q=nova",
        f"/recordings/graph/{work('Low').reference}/",
        f"/recordings/graph/way/?from={work('Glue').reference}&to={work('Sun').reference}",
        f"/recordings/{night.reference}/sharing/",
    ):
        viewer.get(path)
        with CaptureQueriesContext(connection) as asked:
            viewer.get(path)
        counts[path.removeprefix("/recordings/")[:12]] = len(asked)
    assert list(counts.values()) == [7, 6, 8, 7, 7]
