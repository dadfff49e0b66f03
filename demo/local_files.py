"""The files of `make demo LOCAL=on`: some forty recordings, made up once and kept in `var/sounds`."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from demo.local_shelves import ROOT
from demo.tables import read_toml
from kit.clock import now
from submissions.choices import State
from submissions.models import Submission

SOUNDS = Path(settings.BASE_DIR, "var", "sounds")
LABEL, MASTERS = "kiesweg", "kiesweg-masters"
DEALS = (State.SIGNED, State.SCHEDULED, State.RELEASED)
MOST_MASTERS = 8
SECONDS = 100.0
USUAL = "house"


@dataclass(frozen=True)
class Sound:
    """A recording to be made up; `seed` tells two of the same rhythm, tempo and key apart."""

    rhythm: str
    tempo: float
    key: str
    ending: str
    seconds: float
    seed: int

    @property
    def file(self) -> Path:
        """Where it is kept."""
        name = f"{self.rhythm} {self.tempo:g} {self.key} {self.seconds:g} {self.seed}{self.ending}"
        return SOUNDS / name.replace(" ", "-")


@dataclass(frozen=True)
class LocalFile:
    """A file of a shelf: its path, its sound and its tags."""

    path: Path
    sound: Sound
    tags: dict[str, str]


def planned_files() -> Iterator[LocalFile]:
    """Yield the files of the table, and masters of signed demos with the demo's reference in their names."""
    for number, row in enumerate(read_toml("recordings")["track"]):
        *rhythm, tempo, key = row["sound"].split()
        path = ROOT / row["path"]
        sound = Sound(" ".join(rhythm), float(tempo), key, path.suffix, SECONDS, number)
        names = {"t": "title", "a": "artist", "b": "bpm", "g": "genre"}
        said = {"title": row["title"], "artist": row["artist"], "bpm": tempo, "genre": sound.rhythm}
        yield LocalFile(path, sound, {names[each]: said[names[each]] for each in row["tags"]})
    yield from map(_master, enumerate(signed_demos()))


def signed_demos() -> list[Submission]:
    """Return demos that the label signed, the earliest first."""
    found = Submission.objects.filter(label__slug=LABEL, state__in=DEALS).select_related("track")
    return list(found.order_by("submitted_at", "pk")[:MOST_MASTERS])


def fill_folders() -> Iterator[str]:
    """Write all files anew, yielding the name of each before it is made; takes a minute or two the first time."""
    shutil.rmtree(ROOT, ignore_errors=True)
    files = list(planned_files())
    for each in files:
        yield each.path.name
        _place(each)
    yield "the set and the files that something is wrong with"
    _place_set({each.tags.get("title", ""): each.sound for each in files})
    _place_trouble(files[0].path)


def _master(numbered: tuple[int, Submission]) -> LocalFile:
    number, demo = numbered
    rhythm = _rhythm_of(demo.genre)
    key = demo.key if demo.key and demo.key != "unknown" else "8A"
    tempo = float(demo.tempo or 124)
    sound = Sound(rhythm, tempo, key, ".flac", float(demo.track.duration or SECONDS), 100 + number)
    path = (
        ROOT / MASTERS / "Signed" / f"{demo.artist} - {demo.title} [{demo.reference}].flac".replace("/", "-")
    )
    return LocalFile(path, sound, {"title": demo.title, "artist": demo.artist})


def _rhythm_of(genre: str) -> str:
    from recordings.testing.rhythm_table import RHYTHMS  # lazy: of the tests

    close = (
        name for name, rhythm in RHYTHMS.items() if genre.split("-")[0] in (name, rhythm.genre.split("-")[0])
    )
    return next(close, USUAL)


def _place(file: LocalFile) -> None:
    from recordings.testing.file_tags import tag  # lazy: the extra local

    file.path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_made(file.sound), file.path)
    tag(file.path, file.tags)


def _made(sound: Sound) -> Path:
    """Return the sound's file, made up if it is not kept; one that was cut short is not kept."""
    from recordings.testing.synthesis import write  # lazy: the extra local

    if not sound.file.exists():
        SOUNDS.mkdir(parents=True, exist_ok=True)
        draft = sound.file.with_name(f"draft{sound.ending}")
        write(draft, _signal(sound))
        draft.replace(sound.file)
    return sound.file


def _signal(sound: Sound) -> Any:
    from recordings.testing.synthesis import Song, synthesise  # lazy: the extra local

    return synthesise(Song(sound.rhythm, sound.tempo, sound.key, sound.seconds, seed=sound.seed))


def _place_set(sounds: dict[str, Sound]) -> None:
    """Write a set of tracks that fade into each other, and its CUE sheet."""
    from recordings.testing.file_tags import tag  # lazy: the extra local
    from recordings.testing.mixes import mix  # lazy: the extra local
    from recordings.testing.synthesis import write  # lazy: the extra local

    plan = read_toml("recordings")["set"]
    path, kept = ROOT / plan["path"], SOUNDS / f"set-{len(plan['tracks'])}.mp3"
    if not kept.exists():
        draft = kept.with_name("draft.mp3")
        write(draft, mix([_signal(sounds[title]) for title in plan["tracks"]], plan["seconds"], plan["fade"]))
        draft.replace(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, path)
    tag(path, {"title": plan["title"], "artist": plan["artist"]})
    artists = {row["title"]: row["artist"] for row in read_toml("recordings")["track"]}
    path.with_suffix(".cue").write_text(_cue(plan, path.name, artists), encoding="utf-8")


def _cue(plan: dict[str, Any], name: str, artists: dict[str, str]) -> str:
    lines = [f'PERFORMER "{plan["artist"]}"', f'TITLE "{plan["title"]}"', f'FILE "{name}" MP3']
    for number, title in enumerate(plan["tracks"]):
        minutes, seconds = divmod(number * (plan["seconds"] - plan["fade"]), 60)
        lines += [
            f"  TRACK {number + 1:02} AUDIO",
            f'    TITLE "{title}"',
            f'    PERFORMER "{artists[title]}"',
            f"    INDEX 01 {minutes:02}:{seconds:02}:00",
        ]
    return "\r\n".join(lines) + "\r\n"


def _place_trouble(whole: Path) -> None:
    """Write a copy, a file that ends in the middle and one that is no audio."""
    folder = ROOT / MASTERS / "to be sorted"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(whole, folder / f"Copy of {whole.name}")
    data = whole.read_bytes()
    (folder / "Cut off in the middle.flac").write_bytes(data[: len(data) // 2])
    (folder / "Not audio at all.wav").write_text(f"This is no audio. {now():%Y}\n" * 200)
