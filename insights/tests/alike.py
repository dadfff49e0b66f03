"""Whether figures say what a naive count says, number by number."""

from collections import Counter

from accounts.models import User
from insights.bands import STARTS
from insights.figures import Figures
from insights.tests.naive import (
    WAITING,
    Naive,
    Told,
    counts_of,
    counts_of_line,
    counts_of_week,
    hours_between,
    plain,
    times,
    told_at,
)
from labels.models import Label


def assert_alike(figures: Figures, label: Label, reader: User) -> None:
    naive = Naive(figures.span, label.zone, told_at(label, reader))
    cohort = naive.cohort
    _assert_totals(figures, cohort)
    for week in figures.weeks:
        assert counts_of_week(week) == naive.week(week.span), week.span
    states, reasons = Counter(e.state for e in cohort), Counter(e.reason for e in cohort if e.reason)
    assert {stage.state: stage.count.number for stage in figures.funnel if stage.count.number} == states
    assert {given.reason: given.count.number for given in figures.reasons} == reasons
    assert figures.waiting.number == sum(states[state] for state in WAITING)
    _assert_breakdowns(figures, naive)


def _assert_totals(figures: Figures, cohort: list[Told]) -> None:
    found = [figures.received, figures.opened, figures.answered, figures.expired]
    found += [figures.promise.part, figures.promise.whole]
    assert (*(each.number for each in found), plain(figures.answering)) == counts_of(cohort)
    opening = [hours_between(each.received, each.opened) for each in cohort if each.opened]
    assert plain(figures.opening) == times(opening)


def _assert_breakdowns(figures: Figures, naive: Naive) -> None:
    found = {part.word: sorted(map(counts_of_line, part.lines)) for part in figures.breakdowns}
    assert found == {
        "genre": naive.groups(lambda each: each.facts.get("genre")),
        "bpm": naive.groups(band),
        "country": naive.groups(lambda each: each.facts.get("country")),
        "intake": naive.groups(lambda each: each.intake),
        "opener": naive.groups(lambda each: each.opener),
    }


def band(told: Told) -> int:
    """Return how many bands begin at this tempo or slower; none for an unknown one."""
    tempo = told.facts.get("tempo")
    return sum(float(tempo) >= start for start in STARTS) if tempo else 0
