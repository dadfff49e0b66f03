"""Synthesised audio, written once for all tests of a process."""

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from recordings.measurement.engine import engines
from recordings.testing.synthesis import Signal, Song, synthesise, write

Sine = Callable[..., Signal]


def sine(hertz: float, seconds: float, dbfs: float, *, rate: int = 48_000, phase: float = 0.0) -> Signal:
    """A stereo tone whose samples reach so far below full scale."""
    times = np.arange(int(seconds * rate)) / rate
    tone = 10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * times + phase)
    return np.stack([tone, tone])


@pytest.fixture(scope="session")
def audio_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audio")


@pytest.fixture(scope="session")
def house(audio_folder: Path) -> Path:
    """A minute of house at 124.3 BPM in A minor."""
    return write(audio_folder / "house.wav", synthesise(Song("house", 124.3, "8A", 60, seed=3)))


@pytest.fixture(scope="session")
def set_file(audio_folder: Path) -> Path:
    """Two minutes of house at 120 in A minor, two of techno at 136 in D flat major, and some seconds more."""
    songs = (Song("house", 120, "8A", 30, seed=2), Song("techno", 136, "3B", 30, seed=4))
    parts = [np.tile(synthesise(song)[::2], 4) for song in songs]
    return write(audio_folder / "set.wav", np.concatenate([*parts, np.zeros(20 * 22_050)]), rate=22_050)


@pytest.fixture(scope="session")
def long_file(audio_folder: Path) -> Path:
    """Fifteen minutes of hiss, which take seconds to measure."""
    hiss = np.random.default_rng(0).normal(0, 3_000, 10 * 44_100).astype("<i2").tobytes()
    path = audio_folder / "long.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 44_100, 0, "NONE", ""))
        file.writeframes(hiss * 90)
    return path


@pytest.fixture(scope="session", autouse=True)
def ended_processes() -> Iterator[None]:
    """One measuring process serves all tests of these files, and ends with them."""
    yield
    engines.close()
