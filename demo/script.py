"""Reading the scripts of track_table.py."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"([a-z]+)(?:=([a-z_0-9,]+))?(?:\+([0-9]+))?")


@dataclass(frozen=True)
class Word:
    """One step: what is done, how, and how many days after the step before."""

    name: str
    argument: str
    days: int


@dataclass(frozen=True)
class Script:
    """What becomes of a track at one intake."""

    letter: str
    days_ago: int
    words: tuple[Word, ...]

    @property
    def is_draft(self) -> bool:
        return self.words == (Word("draft", "", 0),)


def read(text: str) -> Script:
    """Return the script in a text such as `K86 open+1 hear pass=genre+3`; ValueError for what is none."""
    first, *others = text.split()
    return Script(first[0], int(first[1:]), tuple(map(_word, others)))


def _word(text: str) -> Word:
    found = _WORD.fullmatch(text)
    if found is None:
        raise ValueError(f"no step of a script: {text!r}")
    return Word(found[1], found[2] or "", int(found[3] or 0))
