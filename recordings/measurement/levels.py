"""True peak and clipping of a stream of blocks, one row a channel."""

import numpy as np
from numpy.typing import NDArray

OVERSAMPLING = 4
TAPS = 12
"""Of each of the filter's phases, as many as ITU-R BS.1770-5, annex 2, uses."""
BLOCK = 48
"""Samples that one multiplication fills in between."""
FULL_SCALE = np.float32(32767 / 32768)
"""The highest sample of 16 bits; decoders of fewer bits reach it too."""
SHORTEST_RUN = 3
"""Samples at full scale in a row that are clipping; one or two may be a peak that just fits."""

Block = NDArray[np.float32]


def _filling() -> Block:
    """A matrix that fills three values in between each sample of a block: a windowed sinc, shifted along."""
    length = OVERSAMPLING * TAPS
    sinc = np.sinc((np.arange(length) - (length - 1) / 2) / OVERSAMPLING) * np.kaiser(length, 6)
    table = np.zeros((BLOCK + TAPS - 1, BLOCK * OVERSAMPLING), np.float32)
    for sample in range(BLOCK):
        for phase in range(OVERSAMPLING):
            table[sample : sample + TAPS, sample * OVERSAMPLING + phase] = sinc[phase::OVERSAMPLING][::-1]
    return table


class Levels:
    """What the blocks fed so far amount to."""

    def __init__(self, channels: int) -> None:
        self.peak = 0.0
        self.clipped = 0
        self._filling = _filling()
        self._most = np.abs(self._filling).sum(axis=0).max()
        self._last = np.zeros((channels, TAPS - 1 + BLOCK), np.float32)
        self._runs = np.zeros(channels, int)

    def feed(self, block: Block) -> None:
        """Take the next samples into account."""
        joined = np.concatenate([self._last, block], axis=1)
        count = (joined.shape[1] - TAPS + 1) // BLOCK
        for row in joined if count else ():
            parts = np.lib.stride_tricks.sliding_window_view(row, BLOCK + TAPS - 1)[::BLOCK][:count]
            self._look_between(np.ascontiguousarray(parts))
        self._last = joined[:, count * BLOCK :]
        highest = float(np.abs(block).max(initial=0))
        self.peak = max(self.peak, highest)
        self._count_clipped(block, highest)

    def _look_between(self, parts: Block) -> None:
        """Fill in the parts that may be higher than what is known: most are not."""
        highest = np.maximum(parts.max(axis=1), -parts.min(axis=1))
        between = parts[highest * self._most > self.peak] @ self._filling
        self.peak = max(self.peak, float(between.max(initial=0)), -float(between.min(initial=0)))

    def end(self) -> None:
        """Take the last samples into account too, which waited for their neighbours."""
        self.feed(np.zeros((len(self._last), BLOCK + TAPS), np.float32))

    def _count_clipped(self, block: Block, highest: float) -> None:
        if highest < FULL_SCALE:
            self._runs[:] = 0
            return
        for channel, row in enumerate(np.abs(block) >= FULL_SCALE):
            self._runs[channel] = self._count_runs(row, int(self._runs[channel]))

    def _count_runs(self, at_top: NDArray[np.bool_], before: int) -> int:
        """Count a channel's runs at full scale; `before` of them ended the last block. Return how many end this one."""
        edges = np.flatnonzero(np.diff(at_top, prepend=False, append=False))
        begins, ends = edges[::2], edges[1::2]
        lengths = ends - begins
        counted = lengths.copy()
        if before and len(begins) and begins[0] == 0:
            lengths[0] += before
            counted[0] = lengths[0] if before < SHORTEST_RUN else counted[0]
        self.clipped += int(counted[lengths >= SHORTEST_RUN].sum())
        return int(lengths[-1]) if len(ends) and ends[-1] == len(at_top) else 0

    @property
    def true_peak(self) -> float | None:
        """In dBTP; None for silence."""
        return float(20 * np.log10(self.peak)) if self.peak > 0 else None
