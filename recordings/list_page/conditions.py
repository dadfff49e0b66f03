"""What each term of the list's query asks of a recording; no function around a column that an index holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q

from catalog.music import known_genres
from catalog.music.keys import compatible
from catalog.music.query_values import NO_TEMPO, UNKNOWN, Tempo
from kit.query.lexemes import any_of, lexeme, owned_by, whole_code, word_or_code
from recordings.access import SeenShelf
from recordings.list_page.ranges import Lengths, Loudnesses
from recordings.models import File, Tracklist
from recordings.models.search_index import QUIETEST
from recordings.query_words import YES

REFERENCE = "RE"
SECOND = 1000


@dataclass(frozen=True)
class ListContext:
    """Which shelves are searched."""

    shelves: tuple[SeenShelf, ...]

    @property
    def owners(self) -> str:
        return any_of(owned_by(each.shelf.pk) for each in self.shelves)


def is_named(seen: SeenShelf, names: Collection[str]) -> bool:
    """Whether a shelf is one of these, by name in any case or by the number of its folder."""
    return seen.shelf.name.casefold() in names or str(seen.shelf.root) in names


def on_shelves(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(shelf__in=[each.shelf.pk for each in context.shelves if is_named(each, value)])


def of_kinds(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(kind__in=value)


def with_files(value: tuple[str, ...], context: ListContext) -> Q:
    """One of its files is in one of these states."""
    return Q(Exists(File.objects.filter(recording=OuterRef("pk"), state__in=value)))


def by_artists(value: tuple[str, ...], context: ListContext) -> Q:
    return _matches(f"{context.owners} & {any_of(lexeme(name, 'A') for name in value)}")


def of_genres(value: tuple[str, ...], context: ListContext) -> Q:
    """A genre is asked together with its subgenres."""
    known = known_genres.genres()
    parts = {slug for slug, genre in known.items() if genre.parent in value}
    return Q(genre__in=sorted({"" if slug == UNKNOWN else slug for slug in value} | parts))


def in_tempo(value: Tempo, context: ListContext) -> Q:
    """Uses the expression of the order, for its index; an unknown tempo is 0 in it."""
    if value == NO_TEMPO:
        return Q(tempo_order=0)
    return _between("tempo_order", value.low or Decimal("0.01"), value.high)


def in_keys(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(key__in=[*value, *([""] if UNKNOWN in value else [])])


def mixing_with(value: tuple[str, ...], context: ListContext) -> Q:
    return Q(key__in=sorted({key for each in value for key in compatible(each)}))


def as_long_as(value: Lengths, context: ListContext) -> Q:
    """Whole seconds, as they are shown: 6:32 is anything from 6:32.0 to 6:32.999."""
    if value == (None, None):
        return Q(length_order=0)
    high = None if value.high is None else value.high * SECOND + SECOND - 1
    return _between("length_order", (value.low or 0) * SECOND or 1, high)


def as_loud_as(value: Loudnesses, context: ListContext) -> Q:
    if value == (None, None):
        return Q(loudness_order=QUIETEST)
    low = QUIETEST + Decimal("0.1") if value.low is None else value.low
    return _between("loudness_order", low, value.high)


def with_tracklist(value: str, context: ListContext) -> Q:
    found = Exists(Tracklist.objects.filter(recording=OuterRef("pk")))
    return Q(found) if value == YES else ~Q(found)


def matched(value: str, context: ListContext) -> Q:
    """Matched to a track or to a signed demo."""
    none = Q(track=None, submission=None)
    return ~none if value == YES else none


def has_all(words: Iterable[str], context: ListContext) -> Q:
    """All words occur in title, artist, mix or file names; references and their beginnings count as words."""
    words = list(words)
    found = " & ".join(word_or_code(word, REFERENCE) for word in words)
    if whole := whole_code(" ".join(words), REFERENCE):
        found = any_of([f"({found})", f"'{whole}'"])
    return _matches(f"{context.owners} & {found}")


def has_any(words: Iterable[str], context: ListContext) -> Q:
    return _matches(any_of(word_or_code(word, REFERENCE) for word in words))


def _matches(query: str) -> Q:
    return Q(search=SearchQuery(query, config="simple", search_type="raw"))


def _between(column: str, low: object, high: object) -> Q:
    since = Q(**{f"{column}__gte": low})
    return since if high is None else since & Q(**{f"{column}__lte": high})
