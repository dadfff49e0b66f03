"""Songs mixed into a set: each fades into the next."""

from collections.abc import Sequence

import numpy as np

from recordings.testing.synthesis import RATE, Signal


def mix(songs: Sequence[Signal], seconds: float, fade: float) -> Signal:
    """Return so many seconds of each song, the last `fade` of them under the first of the next; less of short ones."""
    length = min(int(seconds * RATE), *map(len, songs))
    edge = min(int(fade * RATE), length // 2)
    step = length - edge
    out = np.zeros(step * (len(songs) - 1) + length)
    rise = np.sin(np.linspace(0, np.pi / 2, edge))
    for number, song in enumerate(songs):
        part = song[:length].copy()
        if number:
            part[:edge] *= rise
        if number < len(songs) - 1:
            part[-edge:] *= rise[::-1]
        out[number * step : number * step + len(part)] += part
    return np.asarray(0.9 * out / np.abs(out).max())
