"""Names of songs for comparing: normalised, cut into parts to look for, and how much two are alike."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from catalog.music.titles import split_mix
from catalog.naming import name_of
from studio.models import Project

ALIKE = 92
"""From 0 to 100: artist and title together are near from here on (https://rapidfuzz.github.io/RapidFuzz/)."""
TITLES_ALIKE = 80
"""And the title alone, so that two songs of an artist with a long name are not taken for one."""
WHOLE = 6
"""Words up to this length are looked for whole, of longer ones both ends: whoever mistypes one letter keeps an end."""
END = 4
# fmt: off
COMMON = frozenset({
    "a", "an", "and", "at", "by", "das", "de", "der", "die", "do", "el", "for", "i", "in", "is", "it", "la", "le",
    "les", "los", "me", "my", "no", "of", "on", "or", "so", "the", "to", "un", "we", "you",
})
# fmt: on
"""Words that tell no song from another."""


def song_name(artist: str, title: str) -> str:
    """Return artist and title as `catalog.naming` compares them, "" if one is missing."""
    split = split_mix(title, "")
    return name_of(artist, split.title, split.mix) if split else name_of(artist, title)


def artist_of(project: Project) -> str:
    """Return whom a project is by: its owner, unless it says otherwise."""
    return project.artist or getattr(getattr(project.owner, "profile", None), "artist_name", "")


def parts_of(name: str) -> list[str]:
    """Return what names like this one are looked for by; two names that are alike nearly always share one."""
    words = sorted(set(name.split()))
    telling = [word for word in words if word not in COMMON] or words
    return sorted({part for word in telling for part in _parts_of_word(word)})


def likeness(one: str, other: str) -> float:
    """Return how much two names are alike: 0 unless they are near, 100 if they differ in the order of artists alone."""
    if fuzz.ratio(_title(one), _title(other)) < TITLES_ALIKE:
        return 0
    score = fuzz.ratio(_in_order(one), _in_order(other), score_cutoff=ALIKE)
    return score if _mix(one) == _mix(other) else 0


def nearest(name: str, others: Iterable[tuple[int, str]], most: int) -> list[int]:
    """Return the keys of the names that are near to this one, the nearest first."""
    scored = [(likeness(name, other), key) for key, other in others]
    found = sorted((-score, key) for score, key in scored if score >= ALIKE)
    return [key for _, key in found[:most]]


def _parts_of_word(word: str) -> tuple[str, ...]:
    return (word,) if len(word) <= WHOLE else (f"{word[:END]}-", f"-{word[-END:]}")


def _title(name: str) -> str:
    return name.split("\n")[1]


def _mix(name: str) -> str:
    return name.split("\n")[2]


def _in_order(name: str) -> str:
    """Return a name with the artist's words in alphabetical order: "Nova & Maya" is "Maya & Nova"."""
    artist, _, rest = name.partition("\n")
    return f"{' '.join(sorted(artist.split()))}\n{rest}"
