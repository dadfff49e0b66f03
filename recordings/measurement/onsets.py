"""Where sounds begin: one curve for the loudness that each band of the spectrum gains from hop to hop."""

import numpy as np
from numpy.typing import NDArray

from recordings.measurement.spectra import HOP, RATE, frequencies

PACE = RATE / HOP
"""Values of the curve in a second."""
BANDS = 32
_LOWEST, _HIGHEST = 30.0, 10_000.0


def onset_curve(spectra: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the curve, without what rises slowly, at a standard deviation of 1; zeros for what has no onsets."""
    if len(spectra) < 2 * PACE:
        return np.zeros(len(spectra))
    bands = np.log1p(1000 * (spectra @ _bands()) / max(float(spectra.max(initial=0)), 1e-9))
    gains = np.maximum(np.diff(bands, axis=0, prepend=bands[:1]), 0).mean(axis=1).astype(np.float64)
    second = np.ones(int(PACE)) / int(PACE)
    curve = np.maximum(gains - np.convolve(gains, second, "same"), 0)
    spread = float(curve.std())
    return curve / spread if spread > 1e-6 else np.zeros_like(curve)


def _bands() -> NDArray[np.float32]:
    """Columns that add up neighbouring frequencies to bands of equal width on a logarithmic scale."""
    edges = np.geomspace(_LOWEST, _HIGHEST, BANDS + 1)
    place = np.searchsorted(edges, frequencies()) - 1
    table = (place[:, None] == np.arange(BANDS)).astype(np.float32)
    return table / np.maximum(table.sum(axis=0), 1)
