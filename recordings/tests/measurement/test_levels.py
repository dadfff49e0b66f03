"""Loudness, true peak and clipping of known signals (EBU Tech 3341 and 3342), and formats."""

from pathlib import Path

import numpy as np
import pytest

from recordings.measurement.audio import Unreadable
from recordings.measurement.levels import Levels
from recordings.measurement.report import measure
from recordings.testing.synthesis import write
from recordings.tests.measurement.conftest import sine


def test_tone_of_minus_23_is_minus_23_lufs(tmp_path: Path) -> None:
    found = measure(str(write(tmp_path / "tone.wav", sine(1000, 20, -23), rate=48_000)))
    assert found["loudness"] == pytest.approx(-23, abs=0.1)
    assert found["loudness_range"] == pytest.approx(0, abs=0.1)
    assert found["true_peak"] == pytest.approx(-23, abs=0.1)
    assert found["clipped"] == 0
    assert found["brightness"] == pytest.approx(1000, rel=0.1)


def test_two_levels_ten_apart_have_a_range_of_ten(tmp_path: Path) -> None:
    signal = np.concatenate([sine(1000, 20, -20), sine(1000, 20, -30)], axis=1)
    found = measure(str(write(tmp_path / "steps.wav", signal, rate=48_000)))
    assert found["loudness_range"] == pytest.approx(10, abs=1)


def test_true_peak_lies_between_the_samples(tmp_path: Path) -> None:
    signal = sine(12_000, 2, -6, phase=np.pi / 4)
    assert np.abs(signal).max() == pytest.approx(10 ** (-9 / 20), rel=0.01)
    found = measure(str(write(tmp_path / "between.wav", signal, rate=48_000)))
    assert found["true_peak"] == pytest.approx(-6, abs=0.4)


def test_silence_has_no_loudness_tempo_key_or_mood(tmp_path: Path) -> None:
    found = measure(str(write(tmp_path / "silence.wav", np.zeros((2, 48_000)), rate=48_000)))
    said = ("loudness", "loudness_range", "true_peak", "tempo", "key", "mood")
    assert [found[each] or None for each in said] == [None] * 6


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_clipped_samples_are_counted_over_the_edges_of_blocks(size: int) -> None:
    wave = np.zeros(100, np.float32)
    for start, length in ((0, 3), (10, 2), (20, 4), (60, 1), (90, 10)):
        wave[start : start + length] = 1.0
    levels = Levels(1)
    for start in range(0, 100, size):
        levels.feed(wave[None, start : start + size])
    assert levels.clipped == 3 + 4 + 10


def test_peak_is_the_same_however_blocks_are_cut() -> None:
    wave = np.random.default_rng(5).normal(0, 0.2, (2, 5_000)).astype(np.float32)
    whole, cut = Levels(2), Levels(2)
    whole.feed(wave)
    for start in range(0, 5_000, 37):
        cut.feed(wave[:, start : start + 37])
    whole.end()
    cut.end()
    assert cut.peak == pytest.approx(whole.peak)


def test_tone_beyond_full_scale_is_clipped(tmp_path: Path) -> None:
    found = measure(str(write(tmp_path / "hot.wav", np.clip(sine(3000, 1, 3), -1, 1), rate=48_000)))
    assert 0.3 < found["clipped"] / (2 * 48_000) < 0.6
    assert found["true_peak"] > 0


@pytest.mark.parametrize(
    ("name", "options", "codec", "bits"),
    [
        ("a.wav", {}, "pcm_s16le", 16),
        ("a.wav", {"codec": "pcm_s24le", "sample_format": "s32"}, "pcm_s24le", 24),
        ("a.wav", {"codec": "pcm_f32le", "sample_format": "flt"}, "pcm_f32le", 32),
        ("a.aiff", {}, "pcm_s16be", 16),
        ("a.flac", {}, "flac", 16),
        ("a.flac", {"sample_format": "s32"}, "flac", 24),
        ("a.m4a", {"codec": "alac", "sample_format": "s16p"}, "alac", 16),
        ("a.m4a", {}, "aac", None),
        ("a.mp3", {}, "mp3", None),
    ],
)
def test_format_is_read(
    tmp_path: Path, name: str, options: dict[str, str], codec: str, bits: int | None
) -> None:
    found = measure(str(write(tmp_path / name, sine(440, 1, -12, rate=44_100), rate=44_100, **options)))
    assert (found["codec"], found["bit_depth"]) == (codec, bits)
    assert (found["sample_rate"], found["channels"]) == (44_100, 2)
    assert found["length_ms"] == pytest.approx(1000, abs=60)
    assert found["declared_ms"] == pytest.approx(found["length_ms"], abs=60)


@pytest.mark.parametrize("name", ["cut.wav", "cut.flac"])
def test_file_that_was_cut_off_is_shorter_than_it_declares(tmp_path: Path, name: str) -> None:
    whole = write(tmp_path / name, sine(440, 10, -12, rate=44_100), rate=44_100)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 5])
    found = measure(str(whole))
    assert found["declared_ms"] == pytest.approx(10_000, abs=60)
    assert found["length_ms"] < 3_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no audio"),
        (b"root:x:0:0:root:/root:/bin/bash\n" * 40, "no audio"),
        (np.random.default_rng(1).bytes(100_000), "no audio"),
        (b"#EXTM3U\n/etc/passwd\n", "no audio"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "no audio"),
    ],
)
def test_what_is_no_audio_is_said_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "some.wav"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=words):
        measure(str(path))


def test_file_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no longer there"):
        measure(str(tmp_path / "gone.wav"))


def test_noise_inside_a_file_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "damaged.mp3", sine(440, 5, -12, rate=44_100), rate=44_100)
    content = bytearray(path.read_bytes())
    content[30_000:34_000] = np.random.default_rng(2).bytes(4_000)
    path.write_bytes(bytes(content))
    assert measure(str(path))["length_ms"] == pytest.approx(5_000, abs=500)
