"""The tracklist's pages: shown, pasted, edited line by line, taken out and in as a CUE sheet."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from kit import jobs
from recordings.models import Recording, Tracklist
from recordings.tests.builders import make_file, make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import lines_of, save_tracklist
from trackflow.testing.cast import Cast
from trackflow.testing.queued_jobs import arguments_of

pytestmark = pytest.mark.django_db

LINES = [Line("Nova", "Glue", 0, "Harbour"), Line("Acme", "Low", is_mixed=True), Line("ID", "ID", 60_000)]


@pytest.fixture
def night(cast: Cast, settings: Settings, tmp_path: Path) -> Recording:
    settings.SHELVES = [tmp_path]
    recording = make_recording(make_shelf(label=cast.label, root=1), kind="set", title="Night", artist="Nova")
    make_file(recording, "night.flac")
    return recording


@pytest.fixture
def manager(cast: Cast, client: Client) -> Client:
    client.force_login(cast.manager)
    return client


def address(recording: Recording, more: str = "") -> str:
    return f"/recordings/{recording.reference}/tracklist/{more}"


def form_of(page: Any) -> dict[str, str]:
    """Return what a browser would send of the page's form."""
    editor = page.context["editor"]
    sent = {"version": str(page.context["version"]), "rows": str(len(editor.rows)), "unread": editor.unread}
    sent |= {"was_pasted": "1" if editor.was_pasted else "0"}
    for number, row in enumerate(editor.rows, 1):
        fields = {
            "start": row.start,
            "artist": row.artist,
            "title": row.title,
            "record_label": row.record_label,
        }
        sent |= {f"{name}-{number}": value for name, value in fields.items()}
        sent |= {f"mixed-{number}": "on"} if row.is_mixed else {}
    return sent


def titles(page: Any) -> list[str]:
    return [row.title for row in page.context["editor"].rows]


def test_viewer_reads_and_is_offered_no_changes(cast: Cast, client: Client, night: Recording) -> None:
    save_tracklist(night, "paste", LINES, unread=["Hello"])
    client.force_login(cast.viewer)
    page = client.get(address(night))
    text = page.content.decode()
    assert page.status_code == 200
    assert [row.time for row in page.context["rows"]] == ["0:00", "", "1:00"]
    assert "Hello" in text
    assert "tracklist/edit/" not in text
    assert "cue/write" not in text
    assert "cue/?source=paste" in text


def test_manager_pastes_previews_and_saves(manager: Client, night: Recording) -> None:
    page = manager.get(address(night, "edit/"))
    pasted = "My set\n0:00 Nova - Glue [Harbour]\nw/ Acme - Low\n1:00 ID\n"
    preview = manager.post(address(night, "edit/"), form_of(page) | {"do": "read", "pasted": pasted})
    assert preview.status_code == 200
    assert "3 lines read; 1 was not understood and is kept below." in preview.content.decode()
    assert not Tracklist.objects.exists()
    saved = manager.post(
        address(night, "edit/"), form_of(preview) | {"do": "save", "played_on": "2026-05-01"}
    )
    assert (saved.status_code, saved["Location"]) == (303, address(night))
    tracklist = Tracklist.objects.get()
    assert (tracklist.source, tracklist.unread, str(tracklist.played_on)) == ("paste", "My set", "2026-05-01")
    assert lines_of(tracklist) == [*LINES[:2], Line("", "ID", 60_000)]


def test_manager_edits_moves_adds_and_removes(manager: Client, night: Recording) -> None:
    save_tracklist(night, "manual", LINES)
    page = manager.get(address(night, "edit/"))

    def press(what: str, **typed: str) -> None:
        nonlocal page
        page = manager.post(address(night, "edit/"), form_of(page) | typed | {"do": what})
        assert page.status_code == 200

    press("up-2", **{"start-1": "0:05"})
    assert titles(page) == ["Low", "Glue", "ID"]
    assert page.context["editor"].rows[1].start == "0:05"
    press("down-1")
    press("add-1")
    assert titles(page) == ["Glue", "", "Low", "ID"]
    assert page.context["editor"].moved == 2
    press("remove-3")
    press("add", **{"title-2": "New", "artist-2": "Zed"})
    assert titles(page) == ["Glue", "New", "ID", ""]
    for nothing in ("up-1", "down-4", "remove-99", "up-x", "dance-2", "add-²"):
        press(nothing)
    saved = manager.post(address(night, "edit/"), form_of(page) | {"do": "save"})
    assert saved.status_code == 303
    assert lines_of(Tracklist.objects.get()) == [
        Line("Nova", "Glue", 5_000, "Harbour"),
        Line("Zed", "New"),
        Line("ID", "ID", 60_000),
    ]


def test_wrong_rows_say_so_beside_their_fields_and_keep_what_was_typed(
    manager: Client, night: Recording
) -> None:
    page = manager.get(address(night, "edit/"))
    wrong = {"rows": "2", "start-1": "1:99", "title-1": "x" * 201, "artist-2": "a\0b", "played_on": "soon"}
    answer = manager.post(address(night, "edit/"), form_of(page) | wrong | {"do": "save"})
    assert answer.status_code == 422
    rows = answer.context["editor"].rows
    assert rows[0].errors == {
        "start": "Write minutes and seconds, such as 4:05, or 1:02:33.",
        "title": "Use at most 200 characters; this has 201.",
    }
    assert list(rows[1].errors) == ["artist"]
    assert rows[0].start == "1:99"
    assert 'aria-describedby="start-1-error"' in answer.content.decode()
    assert not Tracklist.objects.exists()


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("", "Paste a tracklist, or choose a file."),
        ("Hello\nthere", "No line names a track."),
        ("a - b\n" * 301, "A tracklist has 300 lines at most; this has 301."),
    ],
)
def test_paste_that_cannot_be_read_is_kept(
    manager: Client, night: Recording, pasted: str, sentence: str
) -> None:
    answer = manager.post(address(night, "edit/"), {"do": "read", "pasted": pasted})
    assert answer.status_code == 422
    assert answer.context["editor"].pasted == pasted
    assert sentence in answer.context["editor"].pasted_error


def test_file_is_read_like_a_paste(manager: Client, night: Recording) -> None:
    sheet = 'FILE "a" WAVE\nTRACK 01 AUDIO\nTITLE "Größe"\nPERFORMER "Nova"\nINDEX 01 01:00:00\n'
    for data in (sheet.encode("utf-16"), sheet.encode("cp1252")):
        upload = SimpleUploadedFile("a.cue", data)
        page = manager.post(address(night, "edit/"), {"do": "read", "file": upload})
        assert [(row.start, row.title) for row in page.context["editor"].rows] == [("1:00", "Größe")]
    for size in (500_000, 10_000_000):
        upload = SimpleUploadedFile("a.cue", b"x" * size)
        page = manager.post(address(night, "edit/"), {"do": "read", "file": upload})
        assert (page.status_code, "400 KB at most" in page.content.decode()) == (422, True)


def test_paste_is_added_below_or_replaces(manager: Client, night: Recording) -> None:
    save_tracklist(night, "manual", LINES[:1])
    page = manager.get(address(night, "edit/"))
    sent = form_of(page) | {"do": "read", "pasted": "A - New"}
    assert titles(manager.post(address(night, "edit/"), sent)) == ["Glue", "New"]
    assert titles(manager.post(address(night, "edit/"), sent | {"replace": "on"})) == ["New"]


def test_edited_cue_tracklist_is_kept_as_typed(manager: Client, night: Recording) -> None:
    save_tracklist(night, "cue", LINES)
    page = manager.get(address(night, "edit/"))
    assert "What you save counts as typed" in page.content.decode()
    manager.post(address(night, "edit/"), form_of(page) | {"title-1": "Glued"})
    assert {each.source: lines_of(each)[0].title for each in Tracklist.objects.all()} == {
        "cue": "Glue",
        "manual": "Glued",
    }


def test_who_saves_an_older_page_is_told_and_may_save_again(manager: Client, night: Recording) -> None:
    save_tracklist(night, "manual", LINES)
    page = manager.get(address(night, "edit/"))
    save_tracklist(night, "manual", LINES[:1])
    late = manager.post(address(night, "edit/"), form_of(page))
    assert (late.status_code, "Somebody else saved" in late.content.decode()) == (409, True)
    assert titles(late) == ["Glue", "Low", "ID"]
    again = manager.post(address(night, "edit/"), form_of(late))
    assert again.status_code == 303
    assert lines_of(Tracklist.objects.get()) == LINES


def test_three_hundred_lines_are_edited(manager: Client, night: Recording) -> None:
    lines = [Line("Nova", f"Track {number}", number * 1000, "L", is_mixed=True) for number in range(300)]
    save_tracklist(night, "manual", lines)
    page = manager.get(address(night, "edit/"))
    saved = manager.post(address(night, "edit/"), form_of(page))
    assert saved.status_code == 303
    assert lines_of(Tracklist.objects.get()) == lines


def test_times_that_run_backwards_are_pointed_out(manager: Client, night: Recording) -> None:
    save_tracklist(night, "manual", [Line("A", "B", 9_000), Line("C", "D", 8_000), Line("E", "F", 10_000)])
    assert "Line 2: the time is earlier" in manager.get(address(night, "edit/")).content.decode()


def test_cue_sheet_is_downloaded_as_text(manager: Client, night: Recording) -> None:
    save_tracklist(night, "manual", [*LINES[:2], Line('Q"uote', "End", 100 * 60_000)])
    answer = manager.get(address(night, "cue/"))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    assert text.startswith('PERFORMER "Nova"\r\nTITLE "Night"\r\nFILE "night.flac" WAVE\r\n')
    assert "INDEX 01 100:00:00" in text
    save_tracklist(night, "manual", [Line("A", "B")])
    refused = manager.get(address(night, "cue/"))
    assert (refused.status_code, "1 line has none yet" in refused.content.decode()) == (409, True)


def test_cue_sheet_is_written_beside_the_file(manager: Client, night: Recording, tmp_path: Path) -> None:
    save_tracklist(night, "manual", LINES)
    sheet = tmp_path / "night.cue"
    assert manager.post(address(night, "cue/write/"), {"source": "manual"}).status_code == 303
    assert 'TITLE "Glue"' in sheet.read_text()
    assert manager.post(address(night, "cue/write/"), {"source": "manual"}).status_code == 303
    sheet.write_text("theirs")
    asked = manager.post(address(night, "cue/write/"), {"source": "manual"})
    assert (asked.status_code, sheet.read_text()) == (409, "theirs")
    assert "Replace the other sheet" in asked.content.decode()
    manager.post(address(night, "cue/write/"), {"source": "manual", "replace": "1"})
    assert 'TITLE "Glue"' in sheet.read_text()


def test_cue_sheet_beside_the_file_is_read(manager: Client, night: Recording, tmp_path: Path) -> None:
    nothing = manager.post(address(night, "cue/read/"))
    assert (nothing.status_code, "no CUE sheet beside the file" in nothing.content.decode()) == (409, True)
    (tmp_path / "night.cue").write_bytes(b"x" * 10_000_000)
    refused = manager.post(address(night, "cue/read/"))
    assert (refused.status_code, "400 KB at most" in refused.content.decode()) == (409, True)
    (tmp_path / "night.cue").write_text('TRACK 01 AUDIO\nTITLE "Glue"\nINDEX 01 00:00:00\n')
    assert manager.post(address(night, "cue/read/")).status_code == 303
    assert lines_of(Tracklist.objects.get()) == [Line("", "Glue", 0)]


def test_tracklist_is_deleted(manager: Client, night: Recording) -> None:
    save_tracklist(night, "manual", LINES)
    assert manager.post(address(night, "delete/"), {"source": "cue"}).status_code == 404
    assert manager.post(address(night, "delete/"), {"source": "manual"}).status_code == 303
    assert not Tracklist.objects.exists()


def test_recordings_page_shows_the_first_lines(manager: Client, night: Recording) -> None:
    empty = manager.get(f"/recordings/{night.reference}/").content.decode()
    assert "Nobody has said yet what is played" in empty
    save_tracklist(night, "manual", LINES * 4)
    text = manager.get(f"/recordings/{night.reference}/").content.decode()
    assert "All 12 lines" in text
    assert "and 4 more" in text


@pytest.mark.parametrize("count", [1, 50])
def test_statements_of_a_tracklist_do_not_grow(
    manager: Client, night: Recording, count: int, django_assert_num_queries: Any
) -> None:
    save_tracklist(night, "manual", [Line("Nova", f"Track {number}", 0) for number in range(count)])
    manager.get(address(night))
    with django_assert_num_queries(7):
        manager.get(address(night))


def test_looking_for_masters_is_left_to_one_job(manager: Client, night: Recording) -> None:
    for _ in range(2):
        assert manager.post(address(night, "find/")).status_code == 303
    (job,) = ProcrastinateJob.objects.filter(task_name="recordings.find_music")
    assert (arguments_of(job), job.queue_name) == ({"recording_id": night.pk}, jobs.FILES)
