"""The figures of a label in a span of days."""

from datetime import date

from accounts.models import User
from insights import tallies
from insights.asking import Asking
from insights.breakdowns import breakdowns_of
from insights.choices import Word
from insights.figures import Count, Figures, Given, Share, Span, Stage, Week
from insights.hours import times_of
from insights.models import Passage
from insights.spans import days_of, moments_of, weeks_of
from insights.sums import Key, Sum, Sums, add, added, by_day, by_value
from labels.models import Label
from submissions.choices import Reason, State
from submissions.query_words import TermName, write_days, write_reasons
from submissions.transition_table import WAITING

TRIES = 3
"""How often a sum is begun anew because a month lost its tallies meanwhile."""


def figures_of(label: Label, span: Span, reader: User) -> Figures:
    """Return what the label's passages add up to, the reader's own left out. Eight queries at most.

    More only where a month loses its tallies meanwhile.
    """
    sums = _sums_of(label, span, reader)
    whole, asking = _sum(sums, Word.ALL), Asking(((TermName.RECEIVED, write_days(span.days)),))
    return Figures(
        span=span,
        received=asking.received(whole),
        opened=asking.opened(whole),
        answered=asking.answered(whole),
        expired=asking.expired(whole),
        waiting=_waiting(sums, asking),
        weeks=[_week(sums, week) for week in weeks_of(span)],
        funnel=[_stage(sums, asking, state) for state in State if state != State.DRAFT],
        opening=times_of(_sum(sums, Word.OPENING).hours),
        answering=times_of(whole.hours),
        promise=Share(asking.in_time(whole), asking.settled(whole)),
        reasons=_reasons(sums, asking),
        breakdowns=breakdowns_of(sums, asking, label),
    )


def _sums_of(label: Label, span: Span, reader: User) -> Sums:
    """Add everything up; once more where a month lost its tallies meanwhile, and at last without any."""
    for _ in range(TRIES):
        try:
            return _added_up(label, span, reader, tallies.months_of(label))
        except tallies.MovedError:
            continue
    return _added_up(label, span, reader, [])


def _added_up(label: Label, span: Span, reader: User, kept: list[date]) -> Sums:
    """Add up tallied months without the reader's own, and the passages of all other days."""
    sums: Sums = {}
    within, at_label = moments_of(span, label.zone), Passage.objects.at(label)
    tallied = [month for month in kept if month <= span.until]
    whole = [month for month in tallied if span.since <= month and tallies.end_of(month) <= span.until]
    if tallied:
        add(sums, tallies.read(label, whole, tallied, span))
        own = tallies.received_in(at_label.filter(producer=reader), tallied, label)
        if own.exists():
            values = by_value(tallies.received_in(own, whole, label))
            add(sums, added(*values, *by_day(own, label.zone, within)), -1)
    others = at_label.but_of(reader)
    received = others.filter(received_at__gte=within[0], received_at__lt=within[1])
    values = by_value(tallies.received_beside(received, whole, label))
    days = by_day(tallies.received_beside(others, tallied, label), label.zone, within)
    add(sums, added(*values, *days))
    return sums


def _sum(sums: Sums, word: Word, value: str = "") -> Sum:
    key: Key = (word.value, value)
    return sums.get(key, Sum())


def _waiting(sums: Sums, asking: Asking) -> Count:
    number = sum(_sum(sums, Word.STATE, state).received for state in WAITING)
    return Count(number, asking.in_states(*(state for state in State if state in WAITING)))


def _stage(sums: Sums, asking: Asking, state: State) -> Stage:
    number = _sum(sums, Word.STATE, state.value).received
    return Stage(state.value, Count(number, asking.in_states(state)))


def _week(sums: Sums, week: Span) -> Week:
    total = Sum()
    for day in days_of(week):
        total.add(_sum(sums, Word.DAY, str(day)))
    asking, days = Asking(), write_days(week.days)
    return Week(
        span=week,
        received=Count(total.received, asking.text((TermName.RECEIVED, days))),
        opened=Count(total.opened, asking.text((TermName.OPENED, days))),
        answered=Count(total.answered, asking.text((TermName.ANSWERED, days))),
        expired=Count(total.lapsed, asking.text((TermName.SILENT, days))),
    )


def _reasons(sums: Sums, asking: Asking) -> list[Given]:
    given = [
        Given(
            reason.value,
            str(reason.label),
            Count(number, asking.text((TermName.REASON, write_reasons([reason])))),
        )
        for reason in Reason
        if (number := _sum(sums, Word.REASON, reason.value).received)
    ]
    return sorted(given, key=lambda each: -each.count.number)
