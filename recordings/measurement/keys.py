"""The key of a window: how strong each pitch class is, compared with what is usual in each key."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recordings.measurement.spectra import RATE, Signal, magnitudes

SIZE, HOP = 4_096, 2_048
LOWEST, HIGHEST = 60.0, 1_500.0
"""Hz between which notes are looked for."""
HARMONICS, FADING = 4, 0.7
"""A peak may be the n-th harmonic of a lower note: it counts for that one too, by so much less with each n."""
LOUDNESS = 0.7
"""Power of a peak's height: chords count beside a bass that is much louder."""

Profile = tuple[float, ...]

EVENNESS = 0.4
"""Power of each pitch class: which notes there are says more than how loud each is."""

# How strong each degree is in electronic dance music, minor and major. Ibrahim Sha'ath, "Estimation of key in digital
# music recordings", 2011.
PROFILES: tuple[Profile, Profile] = (
    (6.5, 2.7, 3.5, 5.4, 2.6, 3.5, 2.5, 5.2, 4.0, 2.7, 4.3, 3.2),
    (6.6, 2.0, 3.5, 2.3, 4.6, 4.0, 2.5, 5.2, 2.4, 3.7, 2.3, 3.4),
)

Chroma = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Key:
    """A Camelot code, and how sure from 0 to 1: by how far it fits better than the next."""

    camelot: str
    confidence: float

    @property
    def is_minor(self) -> bool:
        return self.camelot.endswith("A")


def chroma_of(signal: Signal) -> Chroma:
    """Return how strong each pitch class is, C first; zeros for silence."""
    spectra = magnitudes(signal, SIZE, HOP)
    total = spectra.sum(axis=1, keepdims=True)
    if not total.any():
        return np.zeros(12)
    place, height = _peaks((spectra / (total + 1e-6 * total.max())).mean(axis=0))
    pitch = 69 + 12 * np.log2(place * RATE / SIZE / 440)
    tuning = np.angle((height * np.exp(2j * np.pi * pitch)).sum()) / (2 * np.pi)
    chroma = np.zeros(12)
    for number in range(1, HARMONICS + 1):
        notes = pitch - tuning - 12 * np.log2(number)
        near = np.exp(-0.5 * ((notes - np.round(notes)) / 0.2) ** 2)
        chroma += FADING ** (number - 1) * np.bincount(np.round(notes).astype(int) % 12, height * near, 12)
    return chroma / max(float(chroma.max()), 1e-9)


def _peaks(spectrum: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The spectrum's local maxima between the limits: place between columns, and strength."""
    low, high = int(LOWEST * SIZE / RATE), int(HIGHEST * SIZE / RATE)
    before, at, after = spectrum[low - 1 : high - 1], spectrum[low:high], spectrum[low + 1 : high + 1]
    top = np.flatnonzero((at > before) & (at >= after) & (at > spectrum.max() * 1e-3))
    before, at, after = before[top], at[top], after[top]
    shift = 0.5 * (before - after) / (before - 2 * at + after)
    return low + top + shift, at**LOUDNESS


def key_of(chroma: Chroma) -> Key | None:
    """Return the key that fits best; None for what has no pitch."""
    if not chroma.any():
        return None
    even = chroma**EVENNESS
    fits = np.array([[_fit(even, mode, tonic) for tonic in range(12)] for mode in (0, 1)])
    best = int(fits.argmax())
    second = float(np.sort(fits, axis=None)[-2])
    code = camelot(best % 12, is_minor=best < 12)
    return Key(code, float(np.clip((fits.max() - second) * 5, 0, 1)))


def _fit(chroma: Chroma, mode: int, tonic: int) -> float:
    """How well a chroma correlates with a key's profile; `mode` is 0 for minor, 1 for major."""
    return float(np.nan_to_num(np.corrcoef(np.roll(chroma, -tonic), PROFILES[mode])[0, 1]))


def camelot(tonic: int, *, is_minor: bool) -> str:
    """Return the code of a key by its tonic's pitch class, C as 0: A minor is 8A, C major 8B."""
    fifths = (tonic - (9 if is_minor else 0)) * 7
    return f"{(7 + fifths) % 12 + 1}{'A' if is_minor else 'B'}"
