"""Measuring a track of six minutes and a set of two hours, by a warm process, against decoding the same file."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from bench.recordings.rows import Row
from bench.setup import ROOT

ROUNDS = 5
TRACK_SECONDS, SET_SECONDS = 360, 7_200
TRACK_TARGET, SET_TARGET, MEMORY_TARGET = 2.0, 40.0, 500
SONGS = (
    ("house", 122.0, "8A"),
    ("techno", 134.0, "3B"),
    ("drum and bass", 172.0, "5A"),
    ("breakbeat", 128.0, "9B"),
)


def measure() -> list[Row]:
    from recordings.measurement.engine import Engine, command  # lazy: needs settings

    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        track, long_set = (
            _write(Path(folder, "track.flac"), 120, 3),
            _write(Path(folder, "set.flac"), 60, 120),
        )
        engine = Engine(command())
        _timed(engine, track)
        rounds = [(_decode(track), _timed(engine, track)) for _ in range(ROUNDS)]
        memory = _peak_memory(engine.pid)
        rows = [*_of_track(rounds, memory), _of_set(_decode(long_set), _timed(engine, long_set))]
        engine.close()
    return rows


def _of_track(rounds: list[tuple[float, tuple[float, float]]], memory: int) -> Iterator[Row]:
    decoding = median(alone for alone, _ in rounds)
    busy, waited = (median(each[1][number] for each in rounds) for number in (0, 1))
    yield Row(
        "a track of 6 minutes measured, warm process",
        f"{busy:.2f} s of a processor",
        f"decoding alone: {decoding:.2f} s",
        f"≤ {TRACK_TARGET:.0f} s",
        busy <= TRACK_TARGET,
        f"Measuring a FLAC of 6 minutes took {busy / decoding:.1f} times as long as decoding it, by processor time, "
        "since the process has one thread and other work must not count; "
        f"by the clock {waited:.2f} s (median of {ROUNDS} rounds).",
    )
    yield Row(
        "memory of the process at most, after them",
        f"{memory} MB",
        "2 GB, at which it is stopped",
        f"≤ {MEMORY_TARGET} MB",
        memory <= MEMORY_TARGET,
    )


def _of_set(decoding: float, took: tuple[float, float]) -> Row:
    busy, waited = took
    return Row(
        "a set of 2 hours measured",
        f"{busy:.1f} s of a processor",
        f"decoding alone: {decoding:.1f} s",
        f"≤ {SET_TARGET:.0f} s",
        busy <= SET_TARGET,
        f"The set took {busy / decoding:.1f} times as long as decoding it; by the clock {waited:.1f} s.",
    )


def _write(path: Path, seconds: int, repeats: int) -> Path:
    """Stereo of made-up songs in turn, so many stretches of so many seconds."""
    import numpy as np  # lazy: the extra local

    from recordings.testing.synthesis import RATE, Song, synthesise, write  # lazy: the extra local

    songs = [synthesise(Song(*song, seconds)) for song in SONGS[: min(repeats, len(SONGS))]]
    several = max(repeats // len(songs), 1)
    whole = np.concatenate([np.tile(song, several) for song in songs])[: seconds * repeats * RATE]
    return write(path, np.stack([whole, 0.9 * np.roll(whole, 20)]))


def _decode(path: Path) -> float:
    """Seconds of a processor that decoding takes by itself."""
    import av  # lazy: the extra local

    began = process_time()
    with av.open(str(path)) as container:
        for _ in container.decode(container.streams.audio[0]):
            pass
    return process_time() - began


def _timed(engine: Any, path: Path) -> tuple[float, float]:
    """Seconds of a processor, and by the clock."""
    import psutil  # lazy: comes with the embedded database

    process = psutil.Process(engine.pid)
    before, began = process.cpu_times(), perf_counter()
    answer = engine.ask({"path": str(path), "tempo": [115.0, 180.0]}, 3_600)
    assert "result" in answer, answer
    waited, after = perf_counter() - began, process.cpu_times()
    return after.user + after.system - before.user - before.system, waited


def _peak_memory(pid: int) -> int:
    """Megabytes that a process has had in memory at most."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024
