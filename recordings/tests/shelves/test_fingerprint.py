"""How files sound: by the real `fpcalc` where it is installed, and by one that ends as version 1.5.1 does."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from recordings.choices import Kind
from recordings.models import Recording, Shelf, Tracklist
from recordings.shelves.fingerprint import PROGRAM, demuxer_of, fingerprint_of
from recordings.testing.mixes import mix
from recordings.testing.synthesis import Song, synthesise, write
from recordings.tests.shelves.followed import follow
from recordings.tests.sounds import KINDS, sound
from recordings.tracklists.own_music import match
from recordings.tracklists.service import lines_of

FPCALC = pytest.mark.skipif(not shutil.which(PROGRAM), reason="needs fpcalc (Debian: libchromaprint-tools)")
SONG = Song("house", 124.0, "8A", 30.0)
DEMUXERS = {
    "aiff": "aiff",
    "flac": "flac",
    "mp3": "mp3",
    "m4a": "mov",
    "ogg": "ogg",
    "opus": "ogg",
    "wav": "wav",
}


def heard(path: Path, seconds: int = 120) -> list[int]:
    with path.open("rb", buffering=0) as stream:
        stream.seek(5)  # wherever somebody else stopped reading
        return fingerprint_of(stream, seconds=seconds)


def alike(some: list[int], others: list[int]) -> float:
    """Return the share of bits that two fingerprints have in common."""
    bits = sum((one ^ other).bit_count() for one, other in zip(some, others, strict=False))
    return 1 - bits / (32 * max(len(some), len(others)))


@pytest.mark.parametrize("ending", KINDS)
def test_first_bytes_say_how_a_file_is_read(ending: str, tmp_path: Path) -> None:
    for tag in (b"", b"ID3\x04\x00\x00\x00\x00\x02\x01" + bytes(257)):
        path = tmp_path / "named like nothing"
        path.write_bytes(tag + sound(ending))
        with path.open("rb") as stream:
            assert demuxer_of(stream.fileno()) == DEMUXERS[ending]


@pytest.mark.parametrize(
    ("content", "demuxer"),
    [
        (b"\xff\xf1\x50\x80", "aac"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (b"#EXTM3U\n/etc/passwd", "mp3"),
        (b"", "mp3"),
    ],
)
def test_file_without_a_mark_is_taken_for_mp3_or_aac(content: bytes, demuxer: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content)
    with (tmp_path / "a").open("rb") as stream:
        assert demuxer_of(stream.fileno()) == demuxer


def test_what_was_heard_counts_though_the_program_ends_with_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    program, path = tmp_path / PROGRAM, tmp_path / "a.wav"
    path.write_bytes(sound())
    for said, found in (('{"duration": 0.5, "fingerprint": [1, 2]}', [1, 2]), ("", []), ('{"error": 1}', [])):
        program.write_text(f"#!/bin/sh\ntest -r \"$7\" && echo '{said}'\nexit 3\n")
        program.chmod(0o755)
        assert heard(path) == found


def test_nothing_is_heard_where_the_program_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.wav").write_bytes(sound())
    assert heard(tmp_path / "a.wav") == []


@FPCALC
def test_all_formats_of_a_song_sound_the_same(tmp_path: Path) -> None:
    song = np.stack([synthesise(SONG)] * 2)
    prints = {end: heard(write(tmp_path / f"a.{end}", song)) for end in ("wav", "flac", "mp3", "m4a", "aiff")}
    other = heard(write(tmp_path / "b.wav", synthesise(Song("techno", 140.0, "3B", 30.0, seed=4))))
    assert all(alike(prints["wav"], each) > 0.9 for each in prints.values()), prints
    assert alike(prints["wav"], other) < 0.7


@FPCALC
def test_fingerprint_begins_the_same_however_much_is_listened_to(tmp_path: Path) -> None:
    path = write(tmp_path / "a.m4a", np.stack([synthesise(SONG)] * 2))
    short, whole = heard(path, 10), heard(path, 0)
    assert 0 < len(short) < len(whole)
    assert alike(short[:40], whole[:40]) > 0.95


@FPCALC
def test_playlist_named_like_a_song_leads_to_no_file(tmp_path: Path) -> None:
    write(tmp_path / "secret.wav", synthesise(SONG))
    (tmp_path / "a.mp3").write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{tmp_path}/secret.wav\n")
    assert heard(tmp_path / "a.mp3") == []


@FPCALC
def test_master_on_the_shelf_is_heard_in_a_set_beside_it(shelf: Shelf, folder: Path) -> None:
    songs = [synthesise(Song(*said, 40.0, seed=seed)) for seed, said in enumerate(SAID)]
    write(folder / "master.m4a", np.stack([songs[0]] * 2))
    write(folder / "other.flac", songs[1])
    write(folder / "set.mp3", mix(songs[::2], 40, 4))
    follow(shelf)
    night = Recording.objects.get(files__path=b"set.mp3")
    assert all(Recording.objects.get(files__path=path).fingerprint for path in (b"master.m4a", b"other.flac"))
    Recording.objects.filter(pk=night.pk).update(kind=Kind.SET, length_ms=76_000)
    night.refresh_from_db()
    assert match(night) == 1
    tracklist = Tracklist.objects.get()
    assert [line.title for line in lines_of(tracklist)] == [
        Recording.objects.get(files__path=b"master.m4a").reference
    ]


SAID = (("house", 124.0, "8A"), ("techno", 138.0, "3B"), ("house", 124.0, "1B"))
