"""Tempo and key of made-up music, with and without a genre; what windows say together."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catalog.music.keys import musical
from recordings.measurement.decode_pass import Heard, hear
from recordings.measurement.keys import Key, camelot, chroma_of, key_of
from recordings.measurement.mood import mood_of
from recordings.measurement.report import agreed_key, agreed_tempo, measure
from recordings.measurement.spectra import RATE
from recordings.measurement.tempo import Tempo, tempo_of
from recordings.measurement.windows import Window, track_windows
from recordings.testing.rhythm_table import RHYTHMS
from recordings.testing.synthesis import Song, synthesise, tonic_of

RANGES = {
    "house": (120.0, 130.0),
    "techno": (128.0, 145.0),
    "drum and bass": (165.0, 180.0),
    "hip-hop": (60.0, 110.0),
    "trap": (140.0, 160.0),
    "breakbeat": (125.0, 140.0),
}
WHOLE = Window(0, 60, 0, 180)


def heard(song: Song, usual: tuple[float, float] | None) -> Heard:
    signal = synthesise(song)
    return hear(WHOLE, signal[::2].astype(np.float32), usual)  # half of 44.1 kHz


@pytest.mark.parametrize(
    ("rhythm", "tempo", "key"),
    [
        ("house", 123.47, "8A"),
        ("techno", 139.2, "4A"),
        ("drum and bass", 174.0, "1A"),
        ("hip-hop", 88.9, "5B"),
        ("trap", 141.0, "12B"),
        ("breakbeat", 133.33, "10A"),
    ],
)
def test_tempo_and_key_of_each_rhythm(rhythm: str, tempo: float, key: str) -> None:
    found = heard(Song(rhythm, tempo, key, 40, seed=11), RANGES[rhythm])
    assert found.tempo
    assert found.tempo.bpm == pytest.approx(tempo, abs=0.1)
    assert found.tempo.others == ()
    assert key_of(found.chroma).camelot == key  # type: ignore[union-attr]


def test_without_a_genre_other_counts_are_offered() -> None:
    found = heard(Song("drum and bass", 172.0, "8A", 30), None).tempo
    assert found
    readings = [found.bpm, *found.others]
    assert any(each == pytest.approx(172, abs=0.3) for each in readings)
    assert any(each == pytest.approx(86, abs=0.3) for each in readings)


def test_track_outside_its_genres_tempos_is_left_to_a_person() -> None:
    found = heard(Song("house", 110.0, "8A", 30), (165.0, 180.0)).tempo
    assert found
    assert found.others
    assert any(each == pytest.approx(110, abs=0.3) for each in (found.bpm, *found.others))


def test_music_that_is_tuned_lower_keeps_its_key() -> None:
    assert key_of(heard(Song("house", 124.0, "3A", 40, cents=-32, seed=5), None).chroma).camelot == "3A"  # type: ignore[union-attr]


def test_noise_and_silence_have_no_tempo() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 30 * RATE).astype(np.float32)
    assert hear(WHOLE, noise, (120, 130)).tempo is None
    silent = hear(WHOLE, np.zeros(30 * RATE, np.float32), None)
    assert silent.tempo is None
    assert key_of(silent.chroma) is None
    assert silent.brightness == 0
    assert tempo_of(np.zeros(0), None) is None
    assert not chroma_of(np.zeros(10, np.float32)).any()


@pytest.mark.parametrize("number", range(12))
def test_codes_are_those_of_the_catalogue(number: int) -> None:
    names = ["C", "D♭", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"]
    for mode, is_minor in (("minor", True), ("major", False)):
        code = camelot(number, is_minor=is_minor)
        assert musical(code) == f"{names[number]} {mode}"
        assert tonic_of(code) == number


def part(bpm: float | None, *others: float, chroma: Any = None) -> Heard:
    tempo = None if bpm is None else Tempo(bpm, 0.8, others)
    return Heard(WHOLE, tempo, np.zeros(12) if chroma is None else chroma, 1500.0)


def test_windows_that_agree_settle_the_tempo() -> None:
    found = agreed_tempo([part(124.02), part(123.98), part(None)])
    assert found == {"value": "124.00", "confidence": 0.8, "candidates": []}


def test_windows_that_differ_leave_candidates() -> None:
    found = agreed_tempo([part(124.0), part(93.0), part(140.0)])
    assert found
    assert set(found["candidates"]) == {"124.00", "93.00", "140.00"}


def test_windows_without_a_genre_leave_candidates() -> None:
    found = agreed_tempo([part(87.0, 174.0, 130.5)] * 3)
    assert found
    assert (found["value"], found["candidates"]) == ("87.00", ["87.00", "174.00", "130.50"])
    assert agreed_tempo([part(None)]) is None


def test_keys_of_windows_that_differ_are_candidates() -> None:
    minor, major = np.zeros(12), np.zeros(12)
    minor[[9, 0, 4]], major[[7, 11, 2]] = 1, (0.9, 0.9, 0.9)
    assert key_of(minor) == Key("8A", key_of(minor).confidence)  # type: ignore[union-attr]
    same = agreed_key([part(120, chroma=minor)] * 3)
    assert same
    assert (same["value"], same["candidates"]) == ("8A", [])
    split = agreed_key([part(120, chroma=minor), part(120, chroma=major)])
    assert split
    assert {"8A", "9B"} <= set(split["candidates"])


@pytest.mark.parametrize(
    ("seconds", "begins"),
    [(10, [0]), (80, [0]), (100, [10, 30]), (360, [50, 150, 250]), (120, [10, 30, 50])],
)
def test_windows_lie_inside_the_track(seconds: float, begins: list[float]) -> None:
    windows = track_windows(seconds)
    assert [each.begin for each in windows] == begins
    assert all(each.end <= seconds for each in windows)


@pytest.mark.parametrize(
    ("loudness", "brightness", "is_minor", "words"),
    [
        (-6.0, 3500.0, False, "energetic, bright, cheerful"),
        (-11.0, 2000.0, True, "steady, warm, serious"),
        (-20.0, 900.0, None, "calm, dark"),
        (None, 0.0, None, ""),
    ],
)
def test_mood_is_said_in_words(
    loudness: float | None, brightness: float, is_minor: bool | None, words: str
) -> None:
    assert mood_of(loudness, brightness, is_minor=is_minor) == words


def test_set_is_a_line_of_parts(set_file: Path) -> None:
    found = measure(str(set_file), usual=(115, 140), is_set=True)
    assert (found["tempo"], found["key"]) == (None, None)
    assert [(each["begin_ms"], each["end_ms"]) for each in found["line"]] == [
        (0, 120_000),
        (120_000, 240_000),
    ]
    assert [float(each["tempo"]["value"]) for each in found["line"]] == pytest.approx([120, 136], abs=0.1)
    assert [each["key"]["value"] for each in found["line"]] == ["8A", "3B"]


def test_rhythms_have_genres_with_a_usual_tempo() -> None:
    from catalog.music.units import typical_range

    for name, rhythm in RHYTHMS.items():
        usual = typical_range(rhythm.genre)
        assert usual
        assert (float(usual.low), float(usual.high)) == RANGES[name]
