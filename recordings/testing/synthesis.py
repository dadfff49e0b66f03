"""Music made up: drums, bass and chords at a known tempo and in a known key, for tests, the bench and the demo."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from recordings.testing.rhythm_table import PROGRESSIONS, RHYTHMS, Rhythm

RATE = 44_100
Signal = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Song:
    """A track to be made up: a rhythm of the table, BPM, a Camelot code, seconds, and what chance is drawn from."""

    rhythm: str
    tempo: float
    key: str
    seconds: float = 200.0
    cents: float = 0.0
    seed: int = 0


def tonic_of(camelot: str) -> int:
    """Return the pitch class of a key's tonic, C as 0: "8A" is A, 9; "8B" is C."""
    return ((int(camelot[:-1]) - 8) * 7 + (9 if camelot[-1] == "A" else 0)) % 12


def synthesise(song: Song) -> Signal:
    """Return the song as one channel of at most ±0.9."""
    rhythm, chance = RHYTHMS[song.rhythm], np.random.default_rng(song.seed)
    out = np.zeros(int(song.seconds * RATE))
    bar = 240 / song.tempo * RATE
    bars = int(np.ceil(len(out) / bar))
    _add_loop(out, _harmony(song, rhythm, bar, chance), bar)
    for name, hit in _drums(chance).items():
        steps = str(getattr(rhythm, name))
        for number in range(bars):
            if name != "hat" and bars // 3 <= number < bars // 3 + 8:
                continue  # a break without drums
            _add_hits(out, steps, hit, number * bar, bar, rhythm.swing, chance)
    out += chance.normal(0, 0.002, len(out))
    return np.asarray(0.9 * np.tanh(out) / np.tanh(np.abs(out)).max())


def _add_hits(
    out: Signal, steps: str, hit: Signal, start: float, bar: float, swing: float, chance: np.random.Generator
) -> None:
    for step, mark in enumerate(steps):
        if mark == ".":
            continue
        late = swing * bar / 16 if step % 2 else 0.0
        at = int(start + step * bar / 16 + late + chance.normal(0, 0.0015 * RATE))
        _add(out, hit * (1.0 if mark == "x" else 0.35), max(at, 0))


def _add(out: Signal, sound: Signal, at: int) -> None:
    part = sound[: max(len(out) - at, 0)]
    out[at : at + len(part)] += part


def _add_loop(out: Signal, loop: Signal, bar: float) -> None:
    for number in range(int(len(out) / (4 * bar)) + 1):
        _add(out, loop, int(number * 4 * bar))


def _drums(chance: np.random.Generator) -> dict[str, Signal]:
    t = np.arange(int(0.25 * RATE)) / RATE
    noise = chance.normal(0, 1, len(t))
    sweep = 2 * np.pi * (48 * t + 90 * 0.03 * (1 - np.exp(-t / 0.03)))
    bright = np.diff(noise, prepend=0.0)
    return {
        "kick": 0.9 * np.sin(sweep) * np.exp(-t / 0.09),
        "snare": 0.35 * noise * np.exp(-t / 0.06) + 0.25 * np.sin(2 * np.pi * 185 * t) * np.exp(-t / 0.05),
        "hat": 0.12 * bright * np.exp(-t / 0.025),
    }


def _harmony(song: Song, rhythm: Rhythm, bar: float, chance: np.random.Generator) -> Signal:
    """Four bars of chords and bass."""
    progressions = PROGRESSIONS[song.key[-1]]
    chords = progressions[int(chance.integers(len(progressions)))]
    loop = np.zeros(int(4 * bar))
    root = tonic_of(song.key) + song.cents / 100
    for number, chord in enumerate(chords):
        start, step = int(number * bar), bar / 16
        for semitones in chord:
            _add(loop, 0.09 * _tone(48 + root + semitones, bar * 0.98, 1.2), start)
        for position, mark in enumerate(rhythm.bass):
            if mark == "x":
                _add(
                    loop,
                    0.35 * _tone(24 + (root + chord[0]) % 12 + 12, step * 1.8, 0.25),
                    int(start + position * step),
                )
    return loop


def _tone(midi: float, samples: float, decay: float) -> Signal:
    """A saw of eight harmonics that fades."""
    t = np.arange(int(samples)) / RATE
    pitch = 440 * 2 ** ((midi - 69) / 12)
    wave = sum(np.sin(2 * np.pi * pitch * n * t) / n**1.3 for n in range(1, 9))
    return np.asarray(wave * np.exp(-t / decay) * np.minimum(1, t / 0.004))


_FORMATS = {
    ".wav": ("pcm_s16le", "s16"),
    ".flac": ("flac", "s16"),
    ".mp3": ("libmp3lame", "s16p"),
    ".m4a": ("aac", "fltp"),
    ".aiff": ("pcm_s16be", "s16"),
}


def write(path: Path, signal: Signal, *, rate: int = RATE, codec: str = "", sample_format: str = "") -> Path:
    """Encode one channel, or rows of two, by the name's ending; return the path."""
    usual = _FORMATS[path.suffix]
    rows = np.atleast_2d(signal)
    layout = "stereo" if len(rows) == 2 else "mono"
    kind = sample_format or usual[1]
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec or usual[0], rate=rate, layout=layout)
        stream.codec_context.format = kind
        for start in range(0, rows.shape[1], rate):
            frame = _frame(rows[:, start : start + rate], kind, layout)
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _frame(block: Signal, sample_format: str, layout: str) -> av.AudioFrame:
    scale, kind = {"s16": (32767, "i2"), "s32": (2147483647, "i4"), "flt": (1, "f4")}[
        sample_format.rstrip("p")
    ]
    samples = np.round(block * scale).astype(kind) if scale > 1 else block.astype(kind)
    if not sample_format.endswith("p"):
        samples = samples.T.reshape(1, -1)
    return av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format=sample_format, layout=layout)
