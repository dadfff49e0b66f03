"""What a query asks of how the label dealt with a submission: the columns that `submissions.response` reads."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db.models import Q

from desk.search import team_vocabulary
from desk.search.conditions import Asking
from submissions.query_words import BROKEN, KEPT, ME, NO, NOBODY, OPEN, Days

PROMISES: Mapping[str, bool | None] = MappingProxyType({KEPT: True, BROKEN: False, OPEN: None})
"""What became of a promise, by the words of a query."""


def _when(column: str) -> Callable[[Days | str, Asking], Q]:
    """Return the condition that this moment lies in a span of the label's days, or is there at all."""

    def narrow(value: Days | str, asking: Asking) -> Q:
        if isinstance(value, str):
            return Q(**{f"{column}__isnull": value == NO})
        first, end = value.moments(asking.label.zone)
        since = Q(**{f"{column}__gte": first}) if first else Q()
        return since & Q(**{f"{column}__lt": end}) if end else since

    return narrow


received = _when("submitted_at")
opened = _when("opened_at")
answered = _when("answered_at")
silent = _when("lapsed_at")


def promised(value: str, asking: Asking) -> Q:
    return Q(is_in_time=PROMISES[value])


def passed_for(value: tuple[str, ...], asking: Asking) -> Q:
    return Q(reason__in=value)


def opened_by(value: str, asking: Asking) -> Q:
    if value == NOBODY:
        return Q(opened_by=None)
    number = asking.user.pk if value == ME else team_vocabulary.opener_number(asking.label, value)
    return Q(opened_by=number) if number else Q(pk__in=[])
