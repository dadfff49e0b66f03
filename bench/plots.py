"""Bars and lines as SVG, readable on light and on dark pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10

WIDTH, ROW, LEFT, RIGHT = 900, 26, 230, 180
MARGIN, NAMES, HEIGHT = 60, 280, 440
"""Of lines: left of them, and right of them for their names."""
INK, PAPER, GOOD, BAD, LINE = "#2b2320", "#fff8ec", "#2f7d5d", "#c4532d", "#b7a78f"
COLOURS = ("#2f7d5d", "#c4532d", "#33658a", "#8a4f7d", "#b8860b", "#5b6c5d", "#a23b72", "#3d405b")


@dataclass(frozen=True)
class Bar:
    """A value, and what it must reach."""

    name: str
    value: float
    least: float | None


def bars(rows: Sequence[Bar]) -> str:
    """Draw a bar for each row, with a mark at what it must reach."""
    most = max(max(row.value, row.least or 0) for row in rows)
    scale = (WIDTH - LEFT - RIGHT) / most
    parts = [_bar(row, 10 + place * ROW, scale) for place, row in enumerate(rows)]
    return _svg(20 + len(rows) * ROW, parts)


def _bar(row: Bar, y: float, scale: float) -> str:
    is_met = row.least is None or row.value >= row.least
    end = LEFT + row.value * scale
    found = [
        _text(LEFT - 10, y + 17, row.name, "end"),
        f'<rect x="{LEFT}" y="{y + 4}" width="{row.value * scale:.1f}" height="16" fill="{GOOD if is_met else BAD}"/>',
    ]
    if row.least:
        x = LEFT + row.least * scale
        found.append(f'<path d="M{x:.1f} {y + 1}v22" stroke="{INK}" stroke-width="3"/>')
        end = max(end, x)
    words = f"{row.value:.3f}" + (f", must be {row.least:.2f}" if row.least else "")
    return "".join([*found, _text(end + 8, y + 17, words)])


def lines(places: Sequence[int], series: dict[str, list[float]]) -> str:
    """Draw a line for each series over places on a logarithmic scale, with its name at its end; milliseconds."""
    most = max(max(each) for each in series.values())
    low, high = log10(places[0]), log10(places[-1])
    xs = [MARGIN + (WIDTH - MARGIN - NAMES) * (log10(place) - low) / (high - low) for place in places]
    parts = _grid(most) + [
        _text(x, HEIGHT - 12, f"{place:,}", "middle") for x, place in zip(xs, places, strict=True)
    ]
    heights = _apart([values[-1] for values in series.values()], most)
    for number, (name, values) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(f"{x:.1f},{_y(value, most):.1f}" for x, value in zip(xs, values, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(_text(xs[-1] + 10, heights[number], f"{name}: {values[-1]:.1f} ms", colour=colour))
    return _svg(HEIGHT, parts)


def _grid(most: float) -> list[str]:
    """Return four level lines with their milliseconds."""
    parts = []
    for value in (0.0, most / 3, 2 * most / 3, most):
        y = _y(value, most)
        parts.append(f'<path d="M{MARGIN} {y:.1f}H{WIDTH - NAMES}" stroke="{LINE}" stroke-width="1"/>')
        parts.append(_text(MARGIN - 8, y + 5, f"{value:.0f}", "end"))
    return parts


def _y(value: float, most: float) -> float:
    return HEIGHT - 45 - (HEIGHT - 75) * value / most


def _apart(values: Sequence[float], most: float) -> list[float]:
    """Return heights for words beside these values, none on another and the last within the drawing."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    found, last = [0.0] * len(values), HEIGHT + 7.0
    for place in order:
        last = found[place] = min(_y(values[place], most) + 4, last - 17)
    return found


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(words)}</text>'


def _svg(height: float, parts: Sequence[str]) -> str:
    size, font = f'viewBox="0 0 {WIDTH} {height:.0f}"', 'font-family="sans-serif" font-size="14"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>'
    return "\n".join([head, f'<rect width="100%" height="100%" fill="{PAPER}"/>', *parts, "</svg>"]) + "\n"
