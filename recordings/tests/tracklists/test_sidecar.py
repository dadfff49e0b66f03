"""CUE sheets beside files: read when catalogued, written whole, nobody else's written over."""

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from recordings.file_access import NotRead
from recordings.models import File
from recordings.tests.builders import make_file, make_recording, make_shelf
from recordings.tracklists.line import Line, UnreadableError
from recordings.tracklists.sidecar import ForeignError, read_sidecar, write_sidecar
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db

SHEET = (
    'FILE "night.flac" WAVE\nTRACK 01 AUDIO\nTITLE "Gr\u00fc\u00dfe"\nPERFORMER "Nova"\nINDEX 01 00:00:00\n'
)


@pytest.fixture
def file(cast: Cast, settings: Settings, tmp_path: Path) -> File:
    settings.SHELVES = [tmp_path]
    (tmp_path / "sets").mkdir()
    return make_file(make_recording(make_shelf(label=cast.label, root=1)), "sets/night.flac")


@pytest.mark.parametrize("name", ["night.cue", "night.CUE", "night.flac.cue"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_sheet_beside_the_file_is_read(file: File, tmp_path: Path, name: str, codec: str) -> None:
    (tmp_path / "sets" / name).write_bytes(SHEET.encode(codec))
    found = read_sidecar(file)
    assert found
    assert found.reading.lines == [Line("Nova", "Gr\u00fc\u00dfe", 0)]


def test_no_sheet_is_no_fault(file: File) -> None:
    assert read_sidecar(file) is None


def test_large_sheet_and_link_are_refused_with_a_sentence(file: File, tmp_path: Path) -> None:
    sheet = tmp_path / "sets" / "night.cue"
    sheet.write_bytes(b"TITLE x\n" * 1_300_000)
    with pytest.raises(UnreadableError, match="400 KB at most"):
        read_sidecar(file)
    sheet.unlink()
    secret = tmp_path.parent / f"{tmp_path.name} secret.cue"
    secret.write_text(SHEET)
    sheet.symlink_to(secret)
    with pytest.raises(NotRead, match="links are not followed"):
        read_sidecar(file)
    with pytest.raises(NotRead, match="links are not followed"):
        write_sidecar(file, "mine", own_digest="", replace=True)
    assert secret.read_text() == SHEET
    sheet.unlink()
    os.mkfifo(sheet)
    with pytest.raises(NotRead, match="no regular file"):
        read_sidecar(file)


def test_folder_that_became_a_link_is_not_written_into(file: File, tmp_path: Path) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name} elsewhere"
    elsewhere.mkdir()
    (tmp_path / "sets").rmdir()
    (tmp_path / "sets").symlink_to(elsewhere)
    with pytest.raises(NotRead, match="links are not followed"):
        write_sidecar(file, "mine", own_digest="")
    assert list(elsewhere.iterdir()) == []


def test_own_sheet_is_written_and_replaced(file: File, tmp_path: Path) -> None:
    digest = write_sidecar(file, "first", own_digest="")
    again = write_sidecar(file, "second", own_digest=digest)
    assert again != digest
    assert (tmp_path / "sets" / "night.cue").read_text() == "second"
    assert [each.name for each in (tmp_path / "sets").iterdir()] == ["night.cue"]


def test_sheet_of_somebody_else_is_kept_until_asked(file: File, tmp_path: Path) -> None:
    sheet = tmp_path / "sets" / "night.cue"
    digest = write_sidecar(file, "mine", own_digest="")
    sheet.write_text("theirs")
    for own in ("", digest):
        with pytest.raises(ForeignError):
            write_sidecar(file, "mine again", own_digest=own)
        assert sheet.read_text() == "theirs"
    write_sidecar(file, "mine again", own_digest="", replace=True)
    assert sheet.read_text() == "mine again"


def test_sheet_that_comes_meanwhile_is_kept(
    file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet, real = tmp_path / "sets" / "night.cue", os.fsync

    def comes(descriptor: int) -> None:
        sheet.write_text("theirs")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", comes)
    with pytest.raises(ForeignError):
        write_sidecar(file, "mine", own_digest="")
    assert sheet.read_text() == "theirs"
    assert [each.name for each in (tmp_path / "sets").iterdir()] == ["night.cue"]


def test_what_is_left_of_a_killed_writer_is_in_nobodys_way(file: File, tmp_path: Path) -> None:
    (tmp_path / "sets" / f".night.cue.{os.getpid()}.part").write_text("half")
    write_sidecar(file, "whole", own_digest="")
    assert [each.name for each in (tmp_path / "sets").iterdir()] == ["night.cue"]


def test_name_that_is_no_text_has_a_sheet_too(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.SHELVES = [tmp_path]
    file = make_file(make_recording(make_shelf(label=cast.label, root=1)))
    file.path = b"n\xe9buleuse.flac"
    file.save()
    write_sidecar(file, "mine", own_digest="")
    assert os.listdir(bytes(tmp_path)) == [b"n\xe9buleuse.cue"]
