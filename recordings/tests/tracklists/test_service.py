"""Tracklists saved: their lines, works, versions, and which one counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recordings.choices import TracklistSource
from recordings.models import Recording, Tracklist, Work
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.line import Line, UnreadableError
from recordings.tracklists.service import (
    OutdatedError,
    delete_tracklist,
    lines_of,
    save_tracklist,
    tracklists_of,
)
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db

LINES = [
    Line("Nova", "Glue", 0, "Harbour"),
    Line("Acme", "Low", None, is_mixed=True),
    Line("ID", "ID", 60_000),
    Line("", "Intro", 70_000, confidence=0.5),
]


@pytest.fixture
def recording(cast: Cast) -> Recording:
    return make_recording(make_shelf(label=cast.label), kind="set")


def main_of(recording: Recording) -> str:
    return Tracklist.objects.get(recording=recording, is_main=True).source


def test_lines_are_saved_with_their_works(recording: Recording, cast: Cast) -> None:
    saved = save_tracklist(recording, "paste", LINES, by=cast.manager, unread=["Hello", "there"])
    assert lines_of(saved) == LINES
    assert (saved.unread, saved.version, saved.changed_by) == ("Hello\nthere", 1, cast.manager)
    assert [play.position for play in saved.plays.order_by("position")] == [1, 2, 3, 4]
    assert [play.is_unknown for play in saved.plays.order_by("position")] == [False, False, True, False]
    assert [str(play.work) for play in saved.plays.exclude(work=None).order_by("position")] == [
        "Nova - Glue",
        "Acme - Low",
    ]
    assert Work.objects.count() == 2


def test_saving_again_replaces_the_lines(recording: Recording) -> None:
    save_tracklist(recording, "paste", LINES)
    again = save_tracklist(recording, "paste", LINES[:1], version=1)
    assert (again.version, lines_of(again)) == (2, LINES[:1])
    assert Tracklist.objects.count() == 1


def test_who_saw_an_older_version_is_told(recording: Recording) -> None:
    save_tracklist(recording, "manual", LINES, version=0)
    for seen in (0, 2):
        with pytest.raises(OutdatedError):
            save_tracklist(recording, "manual", [], version=seen)
    assert lines_of(Tracklist.objects.get()) == LINES


def test_what_a_person_typed_counts_before_all_else(recording: Recording) -> None:
    expected = {
        "matched": "matched",
        "1001tracklists": "1001tracklists",
        "cue": "cue",
        "paste": "paste",
        "manual": "manual",
    }
    for source, main in expected.items():
        save_tracklist(recording, source, LINES)
        assert main_of(recording) == main
    save_tracklist(recording, "matched", LINES)
    assert main_of(recording) == "manual"
    save_tracklist(recording, "manual", [])
    assert main_of(recording) == "paste"
    delete_tracklist(recording, "paste")
    assert main_of(recording) == "cue"
    assert [each.source for each in tracklists_of(recording)] == [
        "cue",
        "manual",
        "1001tracklists",
        "matched",
    ]


def test_last_one_without_lines_counts_no_more(recording: Recording) -> None:
    save_tracklist(recording, TracklistSource.PASTE, LINES)
    save_tracklist(recording, TracklistSource.PASTE, [])
    assert not Tracklist.objects.filter(is_main=True).exists()


def test_too_many_lines_are_refused(recording: Recording) -> None:
    with pytest.raises(UnreadableError, match="300 lines at most; this has 301"):
        save_tracklist(recording, "paste", LINES[:1] * 301)


@pytest.mark.parametrize("count", [1, 100])
def test_statements_do_not_grow_with_lines(recording: Recording, count: int) -> None:
    lines = [Line(f"Artist {number}", "Title") for number in range(count)]
    with CaptureQueriesContext(connection) as asked:
        save_tracklist(recording, "paste", lines)
    statements = [each for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(statements) == 11
