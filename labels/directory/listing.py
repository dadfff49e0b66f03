"""The directory as everybody sees it, unfiltered: one query, and what the database says alike is drawn once."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from catalog.music.genres import in_families
from kit.bundles import keep_lists
from kit.pages import Page, PageBundles
from labels.directory import queries
from labels.intakes.intake_cards import LabelCard, label_card_of
from labels.models import Label

CARDS = 24
LONG_AGO = datetime.fromisoformat("1970-01-01T00:00Z")


@dataclass(frozen=True)
class Listing:
    """A page of labels, their cards, and the cards as HTML."""

    page: Page[Label]
    cards: list[LabelCard]
    html: SafeString


def listing_of(query: QueryDict, order: tuple[str, ...], at: datetime) -> Listing:
    """Return the page of all listed labels that a cursor asks for, as it is at this moment. One query.

    It is kept in the process by what the database says and by which intakes have opened or closed until then.
    """
    key = (order, _pages(order).read_texts(query), query.urlencode())
    moments = _answer(*key).moments
    passed = bisect_right(moments, at)
    return _listing(*key, moments[passed - 1] if passed else LONG_AGO)


@dataclass(frozen=True)
class _Answer:
    """A page, and the moments at which one of its intakes opens or closes, in order."""

    page: Page[Label]
    moments: list[datetime]


@lru_cache(maxsize=64)
def _answer(order: tuple[str, ...], texts: tuple[str, ...], query: str) -> _Answer:
    page, beside = _pages(order).from_texts(texts, QueryDict(query))
    for label in page:
        intakes = [each for each in beside["intakes"] if each.label_id == label.pk]
        genres = [each.genre for each in beside["genres"] if each.label_id == label.pk]
        keep_lists(label, intakes=intakes, genres=genres)
        for intake in intakes:
            intake.label = label
    ends = chain.from_iterable((each.opens_at, each.closes_at) for each in beside["intakes"])
    return _Answer(page, sorted({moment for moment in ends if moment}))


@lru_cache(maxsize=64)
def _listing(order: tuple[str, ...], texts: tuple[str, ...], query: str, at: datetime) -> Listing:
    page = _answer(order, texts, query).page
    cards = [label_card_of(label, at=at) for label in page]
    return Listing(page, cards, render_to_string("labels/directory/_cards.html", {"cards": cards}))


@cache
def _pages(order: tuple[str, ...]) -> PageBundles[Label]:
    rows = Label.objects.listed().select_related("record")
    ranked = queries.with_ranks(rows) if order in (queries.BY_PROMISE, queries.BY_SPEED) else rows
    return PageBundles(ranked, _beside, order=order, size=CARDS)


def _beside(labels: QuerySet[Label, Any]) -> dict[str, QuerySet[Any, Any]]:
    genres = Label.genres.through.objects.filter(label__in=labels)
    return {
        "intakes": queries.public_intakes().filter(label__in=labels),
        "genres": in_families(genres, "genre__"),
    }
