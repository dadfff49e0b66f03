"""A label's figures as CSV, one line per number."""

from collections.abc import Iterator

from insights.figures import Breakdown, Count, Figures, Line, ReleaseCount, ReleaseFigures, Share, Times, Week
from kit.spreadsheet import csv_lines
from submissions.state_machine import STATES

HEAD = ("part", "name", "figure", "value", "unit", "query")
FIGURES = {
    "received": "received",
    "opened": "opened",
    "answered": "answered",
    "expired": "expired unanswered",
}
"""Counts by attribute, as they are called: the state “Expired” is another one, it counts producers' silence too."""

Row = tuple[str, str, str, object, str, str]


def as_csv(figures: Figures) -> Iterator[str]:
    """Yield the lines; `query` finds what is behind a number, in the queue or, for releases, in their list."""
    return csv_lines(HEAD, ([_cell(value) for value in row] for row in _rows(figures)))


def _rows(figures: Figures) -> Iterator[Row]:
    part = "received in the span"
    for figure in (*FIGURES, "waiting"):
        yield _count(part, figures.span.text, FIGURES.get(figure, figure), getattr(figures, figure))
    yield from _share(part, figures.span.text, figures.promise)
    yield from _times(part, figures.span.text, "until opened", figures.opening)
    yield from _times(part, figures.span.text, "until answered", figures.answering)
    for week in figures.weeks:
        yield from _week(week)
    for stage in figures.funnel:
        yield _count("state", STATES[stage.state].desk_name, "received", stage.count)
    for given in figures.reasons:
        yield _count("reason", given.name, "received", given.count)
    yield from _releases(figures.span.text, figures.releases)
    for breakdown in figures.breakdowns:
        yield from _breakdown(breakdown)


def _releases(span: str, releases: ReleaseFigures) -> Iterator[Row]:
    part = "releases"
    yield _of_releases(part, span, "came out", releases.out)
    yield _of_releases(part, span, "out by the first date", releases.by_first_date)
    yield _of_releases(part, span, "out later than the first date", releases.later)
    yield part, span, "share out by the first date", releases.percent, "percent", ""
    yield part, span, "demos signed and released", releases.signing.sample, "demos", ""
    yield from _times(part, span, "signed to released", releases.signing)
    for line in releases.areas:
        yield "area", line.name, "steps done", line.steps, "steps", ""
        yield _of_releases("area", line.name, "on releases", line.releases)
        yield from _times("area", line.name, "until done", line.taking)


def _week(week: Week) -> Iterator[Row]:
    for figure, name in FIGURES.items():
        yield _count("week", week.span.text, name, getattr(week, figure))


def _breakdown(breakdown: Breakdown) -> Iterator[Row]:
    for line in breakdown.lines:
        yield from _line(breakdown.title.lower(), line)


def _line(part: str, line: Line) -> Iterator[Row]:
    for figure, name in FIGURES.items():
        yield _count(part, line.name, name, getattr(line, figure))
    yield from _share(part, line.name, line.in_time)
    yield from _times(part, line.name, "until answered", line.answering)


def _share(part: str, name: str, share: Share) -> Iterator[Row]:
    yield _count(part, name, "answered within the promise", share.part)
    yield _count(part, name, "promises kept or broken", share.whole)
    yield part, name, "share within the promise", share.percent, "percent", ""


def _times(part: str, name: str, figure: str, times: Times) -> Iterator[Row]:
    yield part, name, f"median {figure}", times.median, "hours", ""
    yield part, name, f"90th percentile {figure}", times.p90, "hours", ""


def _of_releases(part: str, name: str, figure: str, count: ReleaseCount) -> Row:
    return part, name, figure, count.number, "releases", count.query


def _count(part: str, name: str, figure: str, count: Count) -> Row:
    return part, name, figure, count.number, "submissions", count.query


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
