"""The figures of a label in a span of days."""

from accounts.models import User
from insights.breakdowns import breakdowns_of, names_of, values_of
from insights.drilldown import Drilldown
from insights.figures import Count, Dimension, Figures, ReasonCount, Share, Stage, Week
from insights.percentiles import times_of
from insights.period import Span, weeks_of
from insights.release_figures import release_figures_of
from insights.sums import Sum, Sums, by_dimension, by_week, counted
from kit.query.days import write_days
from labels.models import Label
from submissions.choices import Reason, State
from submissions.query_words import TermName, write_reasons
from submissions.transition_table import WAITING


def figures_of(label: Label, span: Span, reader: User) -> Figures:
    """Return what the label's submissions add up to, the reader's own left out. Six queries at most."""
    sums, weeks = by_dimension(label, span, reader), by_week(label, span, reader)
    names = names_of(values_of(sums), label)
    whole, drilldown = _sum(sums, Dimension.ALL), Drilldown(((TermName.RECEIVED, write_days(span.days)),))
    return Figures(
        span=span,
        received=drilldown.received(whole),
        opened=drilldown.opened(whole),
        answered=drilldown.answered(whole),
        expired=drilldown.expired(whole),
        waiting=_waiting(sums, drilldown),
        weeks=list(map(_week, weeks_of(span), weeks)),
        funnel=[_stage(sums, drilldown, state) for state in State if state != State.DRAFT],
        opening=times_of(counted(whole.opening)),
        answering=times_of(counted(whole.hours)),
        promise=Share(drilldown.in_time(whole), drilldown.settled(whole)),
        reasons=_reasons(sums, drilldown),
        breakdowns=breakdowns_of(sums, names, drilldown),
        releases=release_figures_of(label, span, reader),
        names=names,
    )


def _sum(sums: Sums, dimension: Dimension, value: str = "") -> Sum:
    return sums.get((dimension.value, value), Sum())


def _waiting(sums: Sums, drilldown: Drilldown) -> Count:
    number = sum(_sum(sums, Dimension.STATE, state).received for state in WAITING)
    return Count(number, drilldown.in_states(*(state for state in State if state in WAITING)))


def _stage(sums: Sums, drilldown: Drilldown, state: State) -> Stage:
    number = _sum(sums, Dimension.STATE, state.value).received
    return Stage(state.value, Count(number, drilldown.in_states(state)))


def _week(week: Span, total: Sum) -> Week:
    drilldown, days = Drilldown(), write_days(week.days)
    return Week(
        span=week,
        received=Count(total.received, drilldown.text((TermName.RECEIVED, days))),
        opened=Count(total.opened, drilldown.text((TermName.OPENED, days))),
        answered=Count(total.answered, drilldown.text((TermName.ANSWERED, days))),
        expired=Count(total.lapsed, drilldown.text((TermName.SILENT, days))),
    )


def _reasons(sums: Sums, drilldown: Drilldown) -> list[ReasonCount]:
    given = [
        ReasonCount(
            reason.value,
            str(reason.label),
            Count(number, drilldown.text((TermName.REASON, write_reasons([reason])))),
        )
        for reason in Reason
        if (number := _sum(sums, Dimension.REASON, reason.value).received)
    ]
    return sorted(given, key=lambda each: -each.count.number)
