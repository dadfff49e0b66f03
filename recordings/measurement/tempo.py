"""Tempo of a window: how well its onsets repeat, where the genre's tempos lie, then a line through the beats."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from recordings.measurement.onsets import PACE

LOWEST, HIGHEST = 40.0, 300.0
GRID = np.arange(LOWEST, HIGHEST + 0.01, 0.25)
BEATS = 8
"""How many beats later onsets must still repeat."""
MARGIN = 0.03
"""By this share a tempo may lie outside the genre's range."""
LEAST_REPEAT = 0.08
"""What repeats less has no beat."""
FITTING = 0.6
"""The best tempo within the genre's range must repeat at least this share as well as the best of all."""
USUAL, OCTAVES = 125.0, 0.7
"""Without a genre tempos near this one are likelier: a standard deviation in octaves."""

Curve = NDArray[np.float64]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tempo:
    """BPM, how sure from 0 to 1, and other readings that are as likely."""

    bpm: float
    confidence: float
    others: tuple[float, ...] = ()


def tempo_of(curve: Curve, usual: Range | None) -> Tempo | None:
    """Return the tempo of a window's onset curve; None if it has no beat. `usual` is the genre's range."""
    scores = _scores(curve)
    if scores.max() < LEAST_REPEAT:
        return None
    likely = scores * (_within(usual) if usual else _prior(USUAL, OCTAVES))
    best = int(likely.argmax())
    fits = usual is not None and scores[best] >= FITTING * scores.max()
    if not fits:
        likely = scores * _prior(USUAL, OCTAVES)
        best = int(likely.argmax())
    bpm, found = _line_through_beats(curve, _sharpened(curve, float(GRID[best])))
    confidence = float(np.clip(found * np.sqrt(max(scores[best], 0)), 0, 1))
    return Tempo(bpm, confidence, () if fits else _others(bpm, likely))


def _within(usual: Range) -> Curve:
    """The genre's range, its middle likelier than its ends."""
    low, high = usual
    inside = (low * (1 - MARGIN) <= GRID) & (high * (1 + MARGIN) >= GRID)
    return inside * _prior(np.sqrt(low * high), max(np.log2(high / low) / 2, 0.1))


def _prior(middle: float, octaves: float) -> Curve:
    return np.asarray(np.exp(-0.5 * (np.log2(GRID / middle) / octaves) ** 2))


def _scores(curve: Curve) -> Curve:
    """How well the curve repeats after one beat, two, three ..., for each tempo of the grid; 1 is perfectly."""
    count = len(curve)
    centred = curve - curve.mean() if count else curve
    power = np.abs(np.fft.rfft(centred, 2 * count)) ** 2 if count else np.zeros(1)
    if power.sum() <= 0 or count < 10 * PACE:
        return np.zeros_like(GRID)
    lags = np.fft.irfft(power)[:count]
    repeat = lags / lags[0] * count / np.arange(count, 0, -1)
    beats = 60 * PACE / GRID[:, None] * np.arange(1, BEATS + 1)
    known = np.where(beats < count / 2, np.interp(beats, np.arange(count), repeat), np.nan)
    return np.asarray(np.nan_to_num(np.nanmean(known, axis=1)))


def _sharpened(curve: Curve, bpm: float) -> float:
    """The tempo within a step of the grid whose beats, halves and quarters of beats are the strongest."""
    near = bpm + np.arange(-0.5, 0.51, 0.02)
    times = np.arange(len(curve)) / PACE
    strength = sum(
        np.abs(np.exp(-2j * np.pi * part * np.outer(near / 60, times)) @ curve) for part in (1, 2, 4)
    )
    return float(near[np.argmax(strength)])


def _line_through_beats(curve: Curve, bpm: float) -> tuple[float, float]:
    """Fit the beats by least squares; return BPM and the share of beats that have an onset."""
    period = 60 * PACE / bpm
    start, share = _phase(curve, period), 0.0
    for _ in range(2):
        number, place, height = _peaks(curve, start, period)
        there = height > 0.5
        share = float(there.mean()) if len(there) else 0.0
        if there.sum() < 8:
            break
        period, start = np.polyfit(number[there], place[there], 1, w=np.sqrt(height[there]))
    return 60 * PACE / period, share


def _phase(curve: Curve, period: float) -> float:
    """Where the first beat lies, in steps of the curve."""
    offsets = np.arange(0, period)
    beats = np.arange(int(len(curve) / period))[:, None] * period + offsets
    return float(offsets[np.interp(beats, np.arange(len(curve)), curve).sum(axis=0).argmax()])


def _peaks(curve: Curve, start: float, period: float) -> tuple[Curve, Curve, Curve]:
    """The strongest onset near each beat: number of the beat, place between the steps, height."""
    reach = max(2, int(min(0.05 * PACE, period / 8)))
    number = np.arange(
        int(np.ceil((reach + 1 - start) / period)), int((len(curve) - reach - 2 - start) / period)
    )
    around = np.round(start + number * period).astype(int)[:, None] + np.arange(-reach, reach + 1)
    top = around[np.arange(len(number)), curve[around].argmax(axis=1)] if len(number) else around[:, 0]
    before, at, after = curve[top - 1], curve[top], curve[top + 1]
    bend = before - 2 * at + after
    shift = np.where(bend < 0, 0.5 * (before - after) / np.where(bend < 0, bend, 1), 0)
    return number.astype(np.float64), top + np.clip(shift, -0.5, 0.5), at


def _others(bpm: float, likely: Curve) -> tuple[float, ...]:
    """Other ways in which the beat may be counted, the likeliest first: what repeats too, and double and half."""
    tops = np.flatnonzero((likely[1:-1] > likely[:-2]) & (likely[1:-1] >= likely[2:])) + 1
    repeating = [float(GRID[top]) for top in tops[np.argsort(-likely[tops])][:4]]
    readings = [*(each / bpm for each in repeating), 2.0, 0.5]
    exact = [bpm * float(Fraction(each).limit_denominator(4)) for each in readings]
    return tuple(each for each in dict.fromkeys(exact) if LOWEST <= each <= HIGHEST and each != bpm)
