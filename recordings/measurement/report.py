"""What is said of a measured file: the answer of the measuring process."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from recordings.measurement.audio import Audio, open_audio
from recordings.measurement.decode_pass import DecodePass, Heard
from recordings.measurement.keys import Key, key_of
from recordings.measurement.mood import mood_of
from recordings.measurement.tempo import Range, Tempo
from recordings.measurement.windows import set_windows, track_windows

SET_SECONDS = 15 * 60
"""What is longer changes its tempo and key along the way."""
AGREEING = 0.005
"""Share by which the tempos of windows may differ."""

Answer = dict[str, Any]


def measure(path: str, *, usual: Range | None = None, is_set: bool | None = None) -> Answer:
    """Measure a file. `usual` is the genre's range of tempos; `is_set` None lets its length decide.

    Raises Unreadable, with a sentence, for what is no audio.
    """
    with open_audio(path) as audio:
        declared = audio.format
        seconds = (declared.declared_ms or 0) / 1000
        as_set = seconds > SET_SECONDS if is_set is None else is_set
        windows = set_windows() if as_set or not seconds else iter(track_windows(seconds))
        decoded = DecodePass(audio, windows, usual)
        decoded.run()
        return _format(audio) | _levels(decoded) | (_line(decoded) if as_set else _track(decoded))


def _format(audio: Audio) -> Answer:
    length_ms = audio.samples * 1000 // audio.format.sample_rate
    return asdict(audio.format) | {"length_ms": length_ms, "damaged_packets": audio.damaged}


def _levels(decoded: DecodePass) -> Answer:
    loudness, spread = decoded.audio.loudness()
    levels = decoded.levels
    return {
        "loudness": loudness,
        "loudness_range": spread,
        "true_peak": _rounded(levels.true_peak if levels else None),
        "clipped": levels.clipped if levels else 0,
        "brightness": round(_brightness(decoded.heard)),
    }


def _track(decoded: DecodePass) -> Answer:
    heard = decoded.heard
    key = agreed_key(heard)
    is_minor = None if key is None or key["candidates"] else key["value"].endswith("A")
    mood = mood_of(decoded.audio.loudness()[0], _brightness(heard), is_minor=is_minor)
    return {"tempo": agreed_tempo(heard), "key": key, "mood": mood, "line": []}


def _line(decoded: DecodePass) -> Answer:
    """A set has no tempo and key as a whole, but a line of them."""
    heard = decoded.heard
    mood = mood_of(decoded.audio.loudness()[0], _brightness(heard), is_minor=None)
    end = decoded.audio.samples * 1000 // decoded.audio.format.sample_rate
    line = [_part(each, end) for each in heard]
    return {"tempo": None, "key": None, "mood": mood, "line": line}


def _part(heard: Heard, end: int) -> Answer:
    key = key_of(heard.chroma)
    return {
        "begin_ms": int(heard.window.since * 1000),
        "end_ms": min(int(heard.window.until * 1000), end),
        "tempo": heard.tempo and _said(_bpm(heard.tempo.bpm), heard.tempo.confidence),
        "key": key and _said(key.camelot, key.confidence),
    }


def agreed_tempo(heard: Sequence[Heard]) -> Answer | None:
    """What the windows say together; candidates where they differ, or where no genre says how beats are counted."""
    tempos = [each.tempo for each in heard if each.tempo]
    if not tempos:
        return None
    middle = float(np.median([each.bpm for each in tempos]))
    near = [each for each in tempos if abs(each.bpm / middle - 1) <= AGREEING]
    mean = _mean(near) or max(tempos, key=lambda each: each.confidence).bpm
    sure = sum(each.confidence for each in near) / len(tempos)
    if len(near) * 2 > len(tempos) and not any(each.others for each in near):
        return _said(_bpm(mean), sure)
    others = sorted(tempos, key=lambda each: -each.confidence)
    readings = [mean, *(each.bpm for each in others), *(bpm for each in others for bpm in each.others)]
    return _said(_bpm(mean), sure, _apart(readings))


def _mean(tempos: Sequence[Tempo]) -> float:
    weight = sum(each.confidence for each in tempos)
    return sum(each.bpm * each.confidence for each in tempos) / weight if weight else 0.0


def _apart(readings: Sequence[float]) -> list[str]:
    """The first four that are not about the same."""
    kept: list[float] = []
    for bpm in readings:
        if all(abs(bpm / other - 1) > AGREEING for other in kept):
            kept.append(bpm)
    return [_bpm(bpm) for bpm in kept[:4]]


def agreed_key(heard: Sequence[Heard]) -> Answer | None:
    """The key of all windows together; candidates where most of them, each by itself, say another."""
    whole = key_of(np.sum([each.chroma for each in heard], axis=0)) if heard else None
    if whole is None:
        return None
    alone = [key for key in (key_of(each.chroma) for each in heard) if key]
    if sum(key.camelot == whole.camelot for key in alone) * 2 > len(alone):
        return _said(whole.camelot, whole.confidence)
    return _said(whole.camelot, whole.confidence, _distinct(whole, alone))


def _distinct(whole: Key, alone: Sequence[Key]) -> list[str]:
    counted = Counter(key.camelot for key in alone)
    return list(dict.fromkeys([whole.camelot, *(code for code, _ in counted.most_common())]))


def _said(value: str, confidence: float, candidates: Sequence[str] = ()) -> Answer:
    return {"value": value, "confidence": round(float(confidence), 2), "candidates": list(candidates)}


def _bpm(tempo: float) -> str:
    return f"{tempo:.2f}"


def _brightness(heard: Sequence[Heard]) -> float:
    return float(np.mean([each.brightness for each in heard])) if heard else 0.0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
