"""What each term of the table's query asks of a project."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.models import User
from kit.query.day_words import Days, moments, read_days
from studio.list_page.ranges import Numbers
from studio.models.project import pack_seen_by
from studio.query_words import NONE, YES

NOTHING, WITH_TRACK = Q(pk__in=[]), Q(track__isnull=False)


@dataclass(frozen=True)
class ListContext:
    """Whose table it is, and which day it is for them."""

    user: User
    today: date


def in_states(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(state__in=value)


def by_artists(value: tuple[str, ...], context: ListContext) -> Q:
    """With a track it is the owner."""
    return _any_of("artist", value) | WITH_TRACK & _any_of("owner__profile__artist_name", value)


def on_albums(value: tuple[str, ...], context: ListContext) -> Q:
    return _any_of("album", value)


def in_packs(value: tuple[str, ...], context: ListContext) -> Q:
    """By a part of the pack's title or by its code, if the person may know of it; `none` for those in no pack."""
    named = [each for each in value if each != NONE]
    found = _any_of("pack__title", named) | Q(pack__code__in=[each.upper() for each in named])
    found &= pack_seen_by(context.user)
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


def naming(word: str, context: ListContext) -> Q:
    """A word or phrase occurs in title, artist, album or the title of a pack that they see, or it is the code."""
    named = Q(title__icontains=word) | Q(album__icontains=word)
    named |= Q(track__title__icontains=word) | Q(track__mix__icontains=word)
    in_pack = Q(pack__title__icontains=word) & pack_seen_by(context.user)
    return named | by_artists((word,), context) | in_pack | Q(code__iexact=word)


def _any_of(column: str, words: tuple[str, ...] | list[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__icontains": each}) for each in words), NOTHING)


def _between(column: str, value: Numbers) -> Q:
    since = Q() if value.low is None else Q(**{f"{column}__gte": value.low})
    return since if value.high is None else since & Q(**{f"{column}__lte": value.high})
