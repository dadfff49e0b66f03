"""Figures a second way: from events alone, one submission after the other, slowly and plainly; and do both agree?"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from accounts.models import User
from insights.bands import STARTS
from insights.figures import Figures, Line, Times, Week
from insights.period import Span
from labels.models import Label
from submissions import projections
from submissions.models import Event, Revision, Submission

ANSWERS = ("accept", "reject", "request_changes")
WAITING = ("submitted", "in_review", "shortlisted")


@dataclass(frozen=True)
class Told:
    """One submission, as its events tell it; `facts` is the last frozen copy."""

    received: datetime
    opened: datetime | None
    opener: int | None
    answered: datetime | None
    lapsed: datetime | None
    is_in_time: bool | None
    state: str
    reason: str
    facts: dict[str, Any]
    intake: int


def told_at(label: Label, reader: User) -> list[Told]:
    """Return what was sent to a label by others than the reader."""
    sent = Submission.objects.filter(label=label, events__isnull=False).exclude(producer=reader).distinct()
    return [_told(each) for each in sent]


def _told(submission: Submission) -> Told:
    events = list(Event.objects.filter(submission=submission).order_by("sequence"))
    opening = [each for each in events if each.transition in ("start_review", "shortlist", *ANSWERS)]
    answers = [each.recorded_at for each in events if each.transition in ANSWERS]
    lapses = [e.recorded_at for e in events if e.transition == "expire" and e.from_state in WAITING]
    noes = [each for each in events if each.transition in ("reject", "rescind")]
    last = Revision.objects.filter(submission=submission).latest("number")
    return Told(
        received=events[0].recorded_at,
        opened=opening[0].recorded_at if opening else None,
        opener=opening[0].actor_id if opening else None,
        answered=min(answers, default=None),
        lapsed=min(lapses, default=None),
        is_in_time=projections.read_response(events).is_in_time,
        state=events[-1].to_state,
        reason=noes[-1].payload["reason"] if noes and noes[-1].transition == "reject" else "",
        facts=last.copy,
        intake=submission.intake_id,
    )


@dataclass(frozen=True)
class Naive:
    """Those received in a span, and all, to count what happened in its weeks."""

    span: Span
    zone: Any
    everything: list[Told]

    def has(self, moment: datetime | None, span: Span) -> bool:
        return moment is not None and span.since <= moment.astimezone(self.zone).date() <= span.until

    @property
    def cohort(self) -> list[Told]:
        return [each for each in self.everything if self.has(each.received, self.span)]

    def week(self, week: Span) -> tuple[int, int, int, int]:
        moments = [(e.received, e.opened, e.answered, e.lapsed) for e in self.everything]
        received, opened, answered, lapsed = (
            sum(self.has(each[place], week) for each in moments) for place in range(4)
        )
        return received, opened, answered, lapsed

    def groups(self, value_of: Callable[[Told], object]) -> list[tuple[Any, ...]]:
        """Return what a line says for each value, without its name, in a stable order."""
        values = {value_of(each) for each in self.cohort}
        return sorted(counts_of([e for e in self.cohort if value_of(e) == value]) for value in values)


def counts_of(told: list[Told]) -> tuple[Any, ...]:
    """Return what a line counts."""
    hours = [hours_between(each.received, each.answered) for each in told if each.answered]
    return (
        len(told),
        sum(each.opened is not None for each in told),
        len(hours),
        sum(each.lapsed is not None for each in told),
        sum(each.is_in_time is True for each in told),
        sum(each.is_in_time is not None for each in told),
        times(hours),
    )


def hours_between(since: datetime, until: datetime) -> int:
    return ceil((until - since) / timedelta(hours=1))


def times(hours: list[int]) -> tuple[int, float | None, float | None]:
    return len(hours), between(sorted(hours), 0.5), between(sorted(hours), 0.9)


def between(ordered: list[int], share: float) -> float | None:
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def counts_of_line(line: Line) -> tuple[Any, ...]:
    """Return the same of a line that was computed in earnest."""
    return (
        line.received.number,
        line.opened.number,
        line.answered.number,
        line.expired.number,
        line.in_time.part.number,
        line.in_time.whole.number,
        plain(line.answering),
    )


def plain(found: Times) -> tuple[int, float | None, float | None]:
    return found.sample, found.median, found.p90


def counts_of_week(week: Week) -> tuple[int, int, int, int]:
    return week.received.number, week.opened.number, week.answered.number, week.expired.number


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
