"""Which parts of a recording are looked at for tempo and key, gathered as one channel while it is decoded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import av
import av.filter
import numpy as np

from recordings.measurement.spectra import RATE, Signal

WINDOW = 60.0
"""Seconds of a window."""
PART = 120.0
"""A set is looked at once in so many seconds."""
SHORTEST = 15.0
"""Seconds of the last window of a set, and of the shortest track that has a tempo."""


@dataclass(frozen=True, slots=True)
class Window:
    """Seconds from `begin` to `end` that are listened to, for the part from `since` to `until`."""

    begin: float
    end: float
    since: float
    until: float


def track_windows(seconds: float) -> list[Window]:
    """Three windows around the quarters of a track; fewer where they would be the same."""
    if seconds < 1.5 * WINDOW:
        return [Window(0, min(seconds, WINDOW), 0, seconds)]
    count = 3 if seconds >= 2 * WINDOW else 2
    begins = [(seconds - WINDOW) * (number + 0.5) / count for number in range(count)]
    return [Window(begin, begin + WINDOW, 0, seconds) for begin in begins]


def set_windows() -> Iterator[Window]:
    """One window in the middle of each two minutes, without end."""
    since = 0.0
    while True:
        begin = since + (PART - WINDOW) / 2
        yield Window(begin, begin + WINDOW, since, since + PART)
        since += PART


class Gatherer:
    """Gathers the sound of one window, at the rate at which windows are analysed."""

    def __init__(self, frame: Any) -> None:
        self._graph = av.filter.Graph()
        source = self._graph.add_abuffer(
            format=frame.format.name, sample_rate=frame.sample_rate, layout=frame.layout.name
        )
        wanted = self._graph.add("aformat", f"sample_fmts=flt:sample_rates={RATE}:channel_layouts=mono")
        sink = self._graph.add("abuffersink")
        source.link_to(wanted)
        wanted.link_to(sink)
        self._graph.configure()
        self._source = source
        self._parts: list[Signal] = []

    def add(self, frame: Any) -> None:
        """Take one more frame."""
        self._graph.push(frame)
        self._pull()

    def signal(self) -> Signal:
        """End the window and return its sound."""
        self._source.push(None)
        self._pull()
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.float32)

    def _pull(self) -> None:
        try:
            while True:
                self._parts.append(self._graph.pull().to_ndarray()[0])
        except (av.error.BlockingIOError, av.error.EOFError):
            return
