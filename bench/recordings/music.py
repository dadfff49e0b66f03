"""Tempo and key of 40 made-up tracks in five rhythms, each in a known key, with drum breaks and other tunings."""

import random
import tempfile
from pathlib import Path

from bench.recordings.rows import Row
from bench.setup import ROOT

RHYTHMS = {"house": 8, "techno": 8, "drum and bass": 8, "hip-hop": 4, "trap": 4, "breakbeat": 8}
"""How many tracks of each; hip-hop and trap are one rhythm."""
SECONDS = 200.0
CENTS = (0.0, 0.0, 0.0, -32.0, 15.0)
"""How far tracks are tuned beside 440 Hz: -32 cents is 432 Hz."""
WITHIN = 0.5
TARGET = 38


def measure() -> list[Row]:
    from recordings.measurement.engine import engines  # lazy: needs settings
    from recordings.testing.rhythm_table import RHYTHMS as TABLE
    from recordings.testing.synthesis import Song, synthesise, write

    chance = random.Random(40)  # no secret
    keys = [f"{number}{letter}" for number in range(1, 13) for letter in "AB"]
    chance.shuffle(keys)
    tempos, tones, offered, count = 0, 0, 0, 0
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        for name in [name for name, times in RHYTHMS.items() for _ in range(times)]:
            low, high = TABLE[name].tempos
            song = Song(
                name,
                round(chance.uniform(low, high), 2),
                keys[count % 24],
                SECONDS,
                chance.choice(CENTS),
                count,
            )
            path, count = write(Path(folder, "song.wav"), synthesise(song)), count + 1
            known = engines.ask({"path": str(path), "tempo": list(_usual(TABLE[name].genre))}, 600)["result"]
            unknown = engines.ask({"path": str(path), "tempo": None}, 600)["result"]["tempo"]
            tempos += not known["tempo"]["candidates"] and _is_near(known["tempo"]["value"], song.tempo)
            tones += known["key"]["value"] == song.key
            offered += any(_is_near(each, song.tempo) for each in unknown["candidates"])
    engines.close()
    return _rows(count, tempos, tones, offered)


def _usual(genre: str) -> tuple[float, float]:
    from catalog.music.units import typical_range  # lazy: needs settings

    usual = typical_range(genre)
    assert usual, genre
    return float(usual.low), float(usual.high)


def _is_near(value: str, tempo: float) -> bool:
    return abs(float(value) - tempo) <= WITHIN


def _rows(count: int, tempos: int, tones: int, offered: int) -> list[Row]:
    return [
        Row(
            f"tempo of {count} synthesised tracks in 5 rhythms, genre known",
            f"{tempos} within {WITHIN} BPM",
            "–",
            f"≥ {TARGET}",
            tempos >= TARGET,
            f"Without the genre the right tempo was among the candidates of {offered}.",
        ),
        Row(f"key of the same {count} tracks", f"{tones} right", "–", f"≥ {TARGET}", tones >= TARGET),
    ]
