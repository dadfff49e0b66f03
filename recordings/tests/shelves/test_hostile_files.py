"""Hostile files and disks: each has its sentence, nothing is lost, and nothing outside the folder is read."""

import errno
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordings.choices import FileState
from recordings.file_access import LONGEST_PATH, NotRead, open_below, opened, status_at
from recordings.models import File, Recording, Scan, Shelf
from recordings.shelves import identity
from recordings.shelves.catalogue import catalogue
from recordings.tests.shelves.followed import changes, follow, look, states
from recordings.tests.sounds import sound


@pytest.fixture
def root(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def remarks(shelf: Shelf) -> str:
    return "\n".join(Scan.objects.filter(shelf=shelf).latest("id").remarks)


@pytest.mark.parametrize(
    "path",
    [
        b"../secret.wav",
        b"a/../../secret.wav",
        b"/etc/passwd",
        b"a//b.wav",
        b"./a.wav",
        b"a\0.wav",
        b"",
        b"..",
        b"a/",
    ],
)
def test_no_path_leads_out(path: bytes, root: int, folder: Path) -> None:
    (folder.parent / "secret.wav").write_bytes(sound())
    with pytest.raises(NotRead, match="does not stay inside"):
        open_below(root, path)
    with pytest.raises(NotRead, match="does not stay inside"):
        status_at(root, path)


def test_links_are_not_followed(shelf: Shelf, folder: Path, root: int) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.wav").write_bytes(sound())
    (folder / "secret.wav").symlink_to(outside / "secret.wav")
    (folder / "Sets").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    follow(shelf)
    assert states(shelf) == {}
    for name in ("secret.wav", "Sets", "loop"):
        assert f"“{name}” is a link; links are not followed." in remarks(shelf)
    for path in (b"secret.wav", b"Sets/secret.wav", b"loop/secret.wav"):
        with pytest.raises(NotRead, match="links are not followed"):
            open_below(root, path)


def test_a_file_that_becomes_a_link_is_missing_and_not_read(shelf: Shelf, folder: Path) -> None:
    (folder / "other.wav").write_bytes(sound(pitch=880.0))
    (folder / "a.wav").write_bytes(sound())
    look(shelf)
    file = File.objects.get(path=b"a.wav")
    (folder / "a.wav").unlink()
    (folder / "a.wav").symlink_to("/etc/passwd")
    assert catalogue(file.pk, file.size, file.mtime_ns) is None
    assert states(shelf)["a.wav"] == "changed"
    follow(shelf)
    assert states(shelf)["a.wav"] == "missing"


def test_pipes_and_sockets_are_left_out(shelf: Shelf, folder: Path, root: int) -> None:
    os.mkfifo(folder / "pipe.wav")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # a socket's path may have 108 bytes only
        listener.bind("socket.flac")
        os.chdir(here)
    follow(shelf)
    assert states(shelf) == {}
    for name in ("pipe.wav", "socket.flac"):
        assert f"“{name}” is no regular file" in remarks(shelf)
        with pytest.raises(NotRead, match="no regular file"):
            open_below(root, name.encode())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty (0 bytes)."),
        (os.urandom(20_000), "There is no audio in it that can be read."),
        (b"root:x:0:0:root:/root:/bin/bash\n" * 50, "There is no audio in it that can be read."),
        (sound("m4a")[:4000], "There is no audio in it that can be read."),
    ],
)
def test_what_is_no_audio_is_unreadable_and_says_why(
    content: bytes, sentence: str, shelf: Shelf, folder: Path
) -> None:
    (folder / "a.wav").write_bytes(content)
    follow(shelf)
    file = File.objects.get()
    assert (file.state, file.problem, file.recording) == (FileState.UNREADABLE, sentence, None)
    assert len(file.sha256) == 64
    assert file.changes.get().detail == sentence
    follow(shelf)
    assert changes(shelf, "a.wav") == ["unreadable"]


def test_a_truncated_file_is_catalogued_with_the_length_it_declares(shelf: Shelf, folder: Path) -> None:
    whole = sound("flac", seconds=4.0)
    (folder / "a.flac").write_bytes(whole[: len(whole) // 2])
    follow(shelf)
    recording = Recording.objects.get()
    assert (recording.declared_ms or 0) > 1.5 * (recording.length_ms or 0) > 0


def test_a_file_that_broke_keeps_its_recording(shelf: Shelf, folder: Path) -> None:
    (folder / "a.wav").write_bytes(sound())
    follow(shelf)
    (folder / "a.wav").write_bytes(b"")
    follow(shelf)
    file = File.objects.get()
    assert (file.state, file.recording) == (FileState.UNREADABLE, Recording.objects.get())
    assert changes(shelf, "a.wav") == ["found", "unreadable"]


NAMES = [
    b"\xff\xfe bad.wav",
    b"x" * 251 + b".wav",
    b"new\nline.wav",
    "Bj\u00f6rk \u202e.wav".encode(),
    b"-rf *;.wav",
    b"a\\b.wav",
]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_are_kept_as_bytes_and_shown_escaped(name: bytes, shelf: Shelf, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(sound())
    follow(shelf)
    file = File.objects.get()
    assert (bytes(file.path), file.state) == (name, FileState.PRESENT)
    assert file.shown_path.isprintable()
    file.shown_path.encode()
    with opened(file) as stream:
        assert stream.read() == sound()


def test_a_path_that_is_too_long_is_left_out_and_says_so(shelf: Shelf, folder: Path) -> None:
    inside = os.open(folder, os.O_RDONLY)
    for _ in range(LONGEST_PATH // 200 + 1):
        os.mkdir("d" * 200, dir_fd=inside)
        deeper = os.open("d" * 200, os.O_RDONLY, dir_fd=inside)
        os.close(inside)
        inside = deeper
    os.close(os.open("a.wav", os.O_CREAT | os.O_WRONLY, dir_fd=inside))
    os.close(inside)
    (folder / "b.wav").write_bytes(sound())
    follow(shelf)
    assert states(shelf) == {"b.wav": "present"}
    assert "has too long a path" in remarks(shelf)


def test_files_that_systems_keep_for_themselves_are_left_out(shelf: Shelf, folder: Path) -> None:
    (folder / ".Trash").mkdir()
    for name in (".Trash/a.wav", "._a.wav", ".wav", "wav", "a.txt"):
        (folder / name).write_bytes(sound())
    follow(shelf)
    assert states(shelf) == {}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EIO, "check the disk"),
        (errno.ESTALE, "check the connection"),
        (errno.EACCES, "check its permissions"),
    ],
)
def test_trouble_of_a_disk_is_said_and_tried_again(
    number: int, words: str, shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.wav").write_bytes(sound())
    look(shelf)
    file = File.objects.get()

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch, pytest.raises(NotRead, match=words) as refusal:
        patch.setattr(identity, "hashes_of", fail)
        catalogue(file.pk, file.size, file.mtime_ns)
    assert not refusal.value.is_lasting
    file.refresh_from_db()
    assert (file.state, words in file.problem) == (FileState.UNREADABLE, True)
    catalogue(file.pk, file.size, file.mtime_ns)
    file.refresh_from_db()
    assert (file.state, file.problem) == (FileState.PRESENT, "")


def test_a_file_that_vanishes_while_it_is_read_is_missing_afterwards(shelf: Shelf, folder: Path) -> None:
    for name, pitch in (("a.wav", 440.0), ("b.wav", 660.0)):
        (folder / name).write_bytes(sound(pitch=pitch))
    look(shelf)
    file = File.objects.get(path=b"a.wav")
    (folder / "a.wav").unlink()
    assert catalogue(file.pk, file.size, file.mtime_ns) is None
    follow(shelf)
    assert states(shelf) == {"a.wav": "missing", "b.wav": "present"}


def test_a_file_that_grows_while_it_is_read_is_read_again(
    shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.wav").write_bytes(sound())
    look(shelf)
    file = File.objects.get()
    really = identity.hashes_of

    def grow(stream: object) -> object:
        found = really(stream)  # type: ignore[arg-type]
        with (folder / "a.wav").open("ab") as more:
            more.write(b"more")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(identity, "hashes_of", grow)
        assert catalogue(file.pk, file.size, file.mtime_ns) is None
    assert states(shelf) == {"a.wav": "changed"}
    follow(shelf)
    assert states(shelf) == {"a.wav": "present"}
