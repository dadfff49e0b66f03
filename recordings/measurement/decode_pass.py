"""One pass over a file: its levels, and tempo, key and brightness of each window."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from recordings.measurement.audio import Audio
from recordings.measurement.keys import Chroma, chroma_of
from recordings.measurement.levels import Levels
from recordings.measurement.onsets import onset_curve
from recordings.measurement.spectra import RATE, Signal, brightness, magnitudes
from recordings.measurement.tempo import Range, Tempo, tempo_of
from recordings.measurement.windows import SHORTEST, Gatherer, Window

TOGETHER = 10
"""Frames of a tenth of a second whose levels are looked at together."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found in a window."""

    window: Window
    tempo: Tempo | None
    chroma: Chroma
    brightness: float


@dataclass
class DecodePass:
    """Goes over a file's frames once; `heard` holds what windows said."""

    audio: Audio
    windows: Iterator[Window]
    usual: Range | None
    heard: list[Heard] = field(default_factory=list)
    levels: Levels | None = None

    def run(self) -> None:
        """Read the whole file. Raises Unreadable through the file's own errors."""
        window, gatherer, time = next(self.windows, None), None, 0.0
        for frames in _in_groups(self.audio.frames()):
            self._measure_levels(frames)
            for frame in frames:
                length = frame.samples / frame.sample_rate
                if window and time + length > window.begin:
                    gatherer = gatherer or Gatherer(frame)
                    gatherer.add(frame)
                time += length
                if window and gatherer and time >= window.end:
                    self._listen(window, gatherer)
                    window, gatherer = next(self.windows, None), None
        if window and gatherer:
            self._listen(window, gatherer)
        if self.levels:
            self.levels.end()

    def _measure_levels(self, frames: list[Any]) -> None:
        block = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
        self.levels = self.levels or Levels(len(block))
        self.levels.feed(block)

    def _listen(self, window: Window, gatherer: Gatherer) -> None:
        signal = gatherer.signal()
        if len(signal) >= SHORTEST * RATE or not self.heard:
            self.heard.append(hear(window, signal, self.usual))


def hear(window: Window, signal: Signal, usual: Range | None) -> Heard:
    """Return what is found in one window's sound."""
    spectra = magnitudes(signal)
    return Heard(window, tempo_of(onset_curve(spectra), usual), chroma_of(signal), brightness(spectra))


def _in_groups(frames: Iterable[Any]) -> Iterator[list[Any]]:
    group: list[Any] = []
    for frame in frames:
        group.append(frame)
        if len(group) == TOGETHER:
            yield group
            group = []
    if group:
        yield group
