"""Short-time spectra of a window of one channel, and how bright it sounds."""

from typing import cast

import numpy as np
from numpy.typing import NDArray

RATE = 22_050
"""Hz at which windows are analysed: enough for drums and harmonies."""
HOP = 512
SIZE = 1024

Signal = NDArray[np.float32]


def magnitudes(signal: Signal, size: int = SIZE, hop: int = HOP) -> NDArray[np.float32]:
    """Return the magnitudes of overlapping Hann windows, one row each; none for what is shorter than one."""
    if len(signal) < size:
        return np.zeros((0, size // 2 + 1), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(signal, size)[::hop]
    window = np.hanning(size).astype(np.float32)
    return cast("NDArray[np.float32]", np.abs(np.fft.rfft(frames * window, axis=1)))


def frequencies(size: int = SIZE) -> NDArray[np.float64]:
    """Return the frequency of each column in Hz."""
    return cast("NDArray[np.float64]", np.fft.rfftfreq(size, 1 / RATE))


def brightness(spectra: NDArray[np.float32]) -> float:
    """Return the spectral centroid in Hz, each row weighing as loud as it is; 0 for silence."""
    total = float(spectra.sum())
    return float((spectra @ frequencies().astype(np.float32)).sum() / total) if total > 0 else 0.0
