"""A recording's page says what became of its files."""

import re
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from recordings.models import FileChange, Recording, Shelf
from recordings.recording_page import file_history
from recordings.tests.builders import make_file, make_recording, make_shelf
from recordings.tests.shelves.followed import follow
from recordings.tests.sounds import sound
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
LINE = re.compile(r'<li class="files__file">\s*<p>(.*?)</p>(.*?)</li>', re.DOTALL)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SHELVES = [tmp_path]
    return tmp_path


@pytest.fixture
def shelf(cast: Cast, folder: Path) -> Shelf:
    return make_shelf(label=cast.label, root=1)


def page(cast: Cast, recording: Recording) -> str:
    answer = client_of(cast.viewer).get(f"/recordings/{recording.reference}/")
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def lines(cast: Cast, recording: Recording) -> list[tuple[str, str]]:
    """What the history says, newest first: what happened, and the words below it."""
    _, _, history = page(cast, recording).partition('id="history-title"')
    return [(what, " ".join(re.sub(r"<.*?>", " ", rest).split())) for what, rest in LINE.findall(history)]


def test_viewer_reads_that_a_file_was_moved_and_replaced(cast: Cast, shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    follow(shelf)
    first = Recording.objects.get()
    (folder / "a.wav").rename(folder / "b.wav")
    follow(shelf)
    (folder / "b.wav").write_bytes(sound(pitch=880.0))
    follow(shelf)
    second = Recording.objects.exclude(pk=first.pk).get()
    said = lines(cast, first)
    assert [(what, rest.split()[0]) for what, rest in said] == [
        ("Replaced by other audio", "b.wav"),
        ("Moved or renamed", "b.wav"),
        ("Not found any more", "a.wav"),
        ("Found", "a.wav"),
    ]
    assert f"Now: {second.reference}" in said[0][1]
    assert "b.wav Before: a.wav" in said[1][1]
    ((what, rest),) = lines(cast, second)
    assert (what, f"Before: {first.reference}" in rest) == ("Replaced by other audio", True)
    assert f'href="/recordings/{second.reference}/"' in page(cast, first)


def test_file_that_could_not_be_read_says_why_in_the_history(cast: Cast, shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    follow(shelf)
    (folder / "a.wav").write_bytes(b"x" * 5_000)
    follow(shelf)
    change = FileChange.objects.latest("id")
    assert (change.kind, change.recording, bool(change.detail)) == ("unreadable", None, True)
    what, rest = lines(cast, Recording.objects.get())[0]
    assert what == "Could not be read"
    assert change.detail in rest


def test_changes_of_another_recording_are_not_here(cast: Cast, shelf: Shelf) -> None:
    one, other = make_recording(shelf), make_recording(shelf)
    file = make_file(other, "other.wav")
    FileChange.objects.create(file=file, kind="found", recording=other)
    FileChange.objects.create(file=file, kind="unreadable")
    assert lines(cast, one) == []
    assert "History of files" not in page(cast, one)
    assert [what for what, _ in lines(cast, other)] == ["Could not be read", "Found"]


def test_long_history_ends_and_says_so(cast: Cast, shelf: Shelf, monkeypatch: Any) -> None:
    monkeypatch.setattr(file_history, "NEWEST", 2)
    recording = make_recording(shelf)
    file = make_file(recording, "<b>.wav")
    for kind in ("found", "retagged", "missing"):
        FileChange.objects.create(file=file, kind=kind, recording=recording)
    assert [what for what, _ in lines(cast, recording)] == ["Not found any more", "Tags changed, same audio"]
    shown = page(cast, recording)
    assert "The newest 2 changes." in shown
    assert "&lt;b&gt;.wav" in shown
