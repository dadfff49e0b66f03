"""What each term of the table's query asks of a project."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.models import User
from kit.query.day_words import Days, moments, read_days
from studio.list_page.ranges import Numbers
from studio.query_words import NONE, YES

NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class ListContext:
    """Whose table it is, and which day it is for them."""

    user: User
    today: date


def in_states(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(state__in=value)


def by_artists(value: tuple[str, ...], context: ListContext) -> Q:
    return _any_of("artist", value)


def on_albums(value: tuple[str, ...], context: ListContext) -> Q:
    return _any_of("album", value)


def in_packs(value: tuple[str, ...], context: ListContext) -> Q:
    """By a part of the pack's title or by its code; `none` for those in no pack."""
    named = [each for each in value if each != NONE]
    found = _any_of("pack__title", named) | Q(pack__code__in=[each.upper() for each in named])
    return found | Q(pack=None) if NONE in value else found


def of_years(value: Numbers, context: ListContext) -> Q:
    return _between("year", value)


def as_far(value: Numbers, context: ListContext) -> Q:
    """Uses the expression of the order, for its index."""
    return _between("share_done", Numbers(value.low or 0, value.high))


def worked_on(value: Days, context: ListContext) -> Q:
    first, end = moments(*read_days(value, context.today, ahead=False), context.user.zone)
    since = Q(touched_at__gte=first) if first else Q()
    return since & Q(touched_at__lt=end) if end else since


def of_mine(value: str, context: ListContext) -> Q:
    return Q(owner=context.user) if value == YES else ~Q(owner=context.user)


def visible(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(visibility__in=value)


def naming(word: str) -> Q:
    """A word or phrase occurs in title, artist, album or the pack's title, or it is the code."""
    named = Q(title__icontains=word) | Q(track__title__icontains=word) | Q(artist__icontains=word)
    return named | Q(album__icontains=word) | Q(pack__title__icontains=word) | Q(code__iexact=word)


def _any_of(column: str, words: tuple[str, ...] | list[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__icontains": each}) for each in words), NOTHING)


def _between(column: str, value: Numbers) -> Q:
    since = Q() if value.low is None else Q(**{f"{column}__gte": value.low})
    return since if value.high is None else since & Q(**{f"{column}__lte": value.high})
