"""Reading the scripts of tracks.toml."""

import re
from dataclasses import dataclass

_STEP = re.compile(r"([a-z]+)(?:=([a-z_0-9,]+))?(?:\+([0-9]+))?")


@dataclass(frozen=True)
class Step:
    """One step: what is done, how, and how many days after the step before."""

    name: str
    argument: str = ""
    days: int = 0


@dataclass(frozen=True)
class Script:
    """What becomes of a track at one intake."""

    letter: str
    days_ago: int
    steps: tuple[Step, ...]

    @property
    def is_draft(self) -> bool:
        return self.steps == (Step("draft"),)


def read_script(text: str) -> Script:
    """Return the script in a text such as `K86 open+1 hear pass=genre+3`; ValueError for what is none."""
    first, *others = text.split()
    return Script(first[0], int(first[1:]), tuple(map(_step, others)))


def _step(text: str) -> Step:
    found = _STEP.fullmatch(text)
    if found is None:
        raise ValueError(f"no step of a script: {text!r}")
    return Step(found[1], found[2] or "", int(found[3] or 0))
