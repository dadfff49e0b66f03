"""A set's tempo and keys from part to part: as a table, and tempo as a line to draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.music.units import display_duration
from recordings.choices import Fact
from recordings.facts.words import words_of
from recordings.models import Metadatum

WIDTH, HEIGHT, EDGE = 720, 160, 12
"""Of the drawing, in its own units."""
LEAST_SPAN = Decimal(8)
"""BPM between the bottom and the top of the drawing, at least: a steady set is no mountain range."""


@dataclass(frozen=True)
class LinePart:
    """A part of the set; "" for what could not be told."""

    begin: str
    begin_ms: int
    tempo: str
    key: str


@dataclass(frozen=True)
class Drawing:
    """The tempo as points of a polyline, each gap in what is known beginning a new one."""

    lines: tuple[str, ...]
    low: str
    high: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class SetLine:
    """All parts in order, and the drawing of their tempo."""

    parts: tuple[LinePart, ...]
    drawing: Drawing | None


def line_of_set(said: Iterable[Metadatum]) -> SetLine | None:
    """Return the line of a recording that was measured in parts, None for others; `said` is all that is said of it."""
    by_part: dict[int, dict[str, Metadatum]] = {}
    for begin, _, row in sorted((row.begin_ms, row.pk, row) for row in said if row.begin_ms is not None):
        if row.key in (Fact.TEMPO, Fact.KEY):
            by_part.setdefault(begin, {})[row.key] = row
    if not by_part:
        return None
    parts = tuple(
        LinePart(display_duration(begin // 1000), begin, _words(said, Fact.TEMPO), _value(said, Fact.KEY))
        for begin, said in by_part.items()
    )
    tempos = {begin: Decimal(said[Fact.TEMPO].value) for begin, said in by_part.items() if Fact.TEMPO in said}
    return SetLine(parts, _drawing(list(by_part), tempos))


def _words(said: dict[str, Metadatum], fact: Fact) -> str:
    return words_of(fact, said[fact].value) if fact in said else ""


def _value(said: dict[str, Metadatum], fact: Fact) -> str:
    return said[fact].value if fact in said else ""


def _drawing(begins: list[int], tempos: dict[int, Decimal]) -> Drawing | None:
    if len(tempos) < 2:
        return None
    low, high = min(tempos.values()), max(tempos.values())
    spare = max(Decimal(0), LEAST_SPAN - (high - low)) / 2
    bottom, span = low - spare, high - low + 2 * spare
    lines: list[list[str]] = [[]]
    for begin in begins:
        if begin in tempos:
            x = EDGE + (WIDTH - 2 * EDGE) * (begin - begins[0]) / (begins[-1] - begins[0])
            y = HEIGHT - EDGE - float((tempos[begin] - bottom) / span) * (HEIGHT - 2 * EDGE)
            lines[-1].append(f"{x:.1f},{y:.1f}")
        elif lines[-1]:
            lines.append([])
    return Drawing(
        tuple(" ".join(line) for line in lines if line),
        words_of("tempo", str(low)),
        words_of("tempo", str(high)),
    )
