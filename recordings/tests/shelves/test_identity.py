"""What a file is: the same audio whatever its tags say, and what its tags say."""

import hashlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen
import pytest
import xxhash
from mutagen.id3 import TBPM, TIT2, TPE1, TSRC

from recordings.choices import Fact
from recordings.file_access import NotRead
from recordings.measurement.engine import Engines
from recordings.shelves import audio_digest, hashes
from recordings.shelves.audio_digest import audio_digest_of
from recordings.shelves.hashes import hashes_of
from recordings.shelves.packets import NoAudio, audio_in
from recordings.shelves.tags import tags_of
from recordings.tests.sounds import KINDS, sound

SAID = {Fact.TITLE: "Sea Wall", Fact.ARTIST: "Nova", Fact.ISRC: "NLA502600001", Fact.TEMPO: "124"}


def tag_id3(file: Any) -> None:
    file.tags or file.add_tags()
    for frame in (TIT2, TPE1, TSRC, TBPM):
        fact = {TIT2: Fact.TITLE, TPE1: Fact.ARTIST, TSRC: Fact.ISRC, TBPM: Fact.TEMPO}[frame]
        file.tags.add(frame(encoding=3, text=[SAID[fact]]))


def tag_mp4(file: Any) -> None:
    file["\xa9nam"], file["\xa9ART"] = SAID[Fact.TITLE], SAID[Fact.ARTIST]
    file["tmpo"] = [124]
    file["----:com.apple.iTunes:ISRC"] = SAID[Fact.ISRC].encode()


def tag_vorbis(file: Any) -> None:
    file["title"], file["artist"], file["isrc"] = SAID[Fact.TITLE], SAID[Fact.ARTIST], SAID[Fact.ISRC]
    file["bpm"] = SAID[Fact.TEMPO]


TAGGED: dict[str, Callable[[Any], None]] = {
    **dict.fromkeys(("wav", "aiff", "mp3"), tag_id3),
    "m4a": tag_mp4,
    **dict.fromkeys(("flac", "ogg", "opus"), tag_vorbis),
}


def retagged(path: Path) -> None:
    file = mutagen.File(path)
    TAGGED[path.suffix[1:]](file)
    file.save()


@pytest.mark.parametrize("ending", KINDS)
def test_tags_change_bytes_and_not_the_audio(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(sound(ending))
    before = audio_in(io.BytesIO(path.read_bytes()))
    retagged(path)
    after = path.read_bytes()
    assert after != sound(ending)
    assert audio_in(io.BytesIO(after)) == before
    assert tags_of(io.BytesIO(after)) == SAID


@pytest.mark.parametrize("ending", KINDS)
def test_other_audio_has_another_digest(ending: str) -> None:
    one, other = (audio_in(io.BytesIO(sound(ending, pitch=pitch))) for pitch in (440.0, 660.0))
    assert one.digest != other.digest
    assert abs((one.length_ms or 0) - 500) < 60


def test_the_same_samples_as_16_and_24_bits_are_other_audio() -> None:
    found = audio_in(io.BytesIO(sound("wav")))
    assert (found.codec, found.sample_rate, found.bit_depth, found.channels) == ("pcm_s24le", 44_100, 24, 2)


@pytest.mark.parametrize("size", [0, 1, hashes.BLOCK - 1, hashes.BLOCK, 5 * hashes.BLOCK + 7])
def test_both_hashes_are_those_of_the_whole_file(size: int, tmp_path: Path) -> None:
    path, content = tmp_path / "a", (b"0123456789abcdef!" * (size // 17 + 1))[:size]
    path.write_bytes(content)
    with path.open("rb", buffering=0) as stream:
        assert hashes_of(stream) == (
            hashlib.sha256(content).hexdigest(),
            xxhash.xxh128(content).hexdigest(),
            size,
        )


def test_disk_trouble_while_hashing_is_told() -> None:
    """The memory of a process is a regular file whose first page cannot be read: a real EIO."""
    with (
        Path("/proc/self/mem").open("rb", buffering=0) as stream,
        pytest.raises(OSError, match="Input/output"),
    ):
        hashes_of(stream)


@pytest.mark.parametrize(
    "content",
    [b"RIFF", b"noise " * 5000, b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", b"\0" * 4096, sound("mp3")[:90]],
)
def test_what_holds_no_audio_says_so(content: bytes) -> None:
    with pytest.raises(NoAudio):
        audio_in(io.BytesIO(content))


def test_a_playlist_that_names_a_file_leads_to_no_file(tmp_path: Path) -> None:
    target = tmp_path / "secret.wav"
    target.write_bytes(sound())
    for text in (f"#EXTM3U\n#EXTINF:1,\n{target}\n", f"ffconcat version 1.0\nfile '{target}'\n"):
        with pytest.raises(NoAudio):
            audio_in(io.BytesIO(text.encode()))


@pytest.mark.parametrize("content", [b"", b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + b"x" * 40, b"fLaC" + b"\xff" * 50])
def test_broken_tags_are_no_tags(content: bytes) -> None:
    assert tags_of(io.BytesIO(content)) == {}


def test_a_crash_of_the_reader_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(sound())
    crash = [sys.executable, "-c", "import os, signal; input(); os.kill(os.getpid(), signal.SIGSEGV)"]
    commands = [crash]
    usual = [sys.executable, "-m", "recordings.shelves.packets"]
    monkeypatch.setattr(audio_digest, "readers", Engines(lambda: commands.pop() if commands else usual))
    with path.open("rb", buffering=0) as stream:
        with pytest.raises(NotRead, match="crashed on this file") as refusal:
            audio_digest_of(stream)
        assert not refusal.value.is_lasting
        assert audio_digest_of(stream) == audio_in(io.BytesIO(sound()))
