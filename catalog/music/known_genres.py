"""All genres by slug and by name, cached in the process for a minute."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from django.utils.text import slugify

from catalog.models import Genre

CACHE_SECONDS = 60
"""A process knows a new genre after this time at most."""


@dataclass(frozen=True, slots=True)
class KnownGenre:
    """A genre, or with a `parent` a subgenre; `full_name` includes the parent's name."""

    slug: str
    name: str
    parent: str
    full_name: str
    is_offered: bool


def cache_period() -> int:
    """Return a number that changes every `CACHE_SECONDS`, for the keys of caches."""
    return int(monotonic() / CACHE_SECONDS)


def genres() -> Mapping[str, KnownGenre]:
    """Return all genres by slug, retired ones too, each parent followed by its subgenres."""
    return _read(cache_period()).by_slug


def names() -> Mapping[str, list[str]]:
    """Return the slugs of genres by slugified name."""
    return _read(cache_period()).by_name


def slugs_of(typed: str) -> list[str]:
    """Return the slugs of the genres with this slug or name."""
    slug = slugify(typed)
    return [slug] if slug in genres() else names().get(slug, [])


def clear_cache() -> None:
    """Read the genres again on the next call; for tests."""
    _read.cache_clear()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    by_slug: Mapping[str, KnownGenre]
    by_name: Mapping[str, list[str]]


@lru_cache(maxsize=1)
def _read(_period: int) -> Vocabulary:
    found = [_known_genre(each) for each in Genre.objects.select_related("parent")]
    found.sort(key=lambda each: each.full_name.casefold())
    return Vocabulary({each.slug: each for each in found}, _by_name(found))


def _known_genre(genre: Genre) -> KnownGenre:
    parent = genre.parent
    full_name = f"{parent.name}: {genre.name}" if parent else genre.name
    return KnownGenre(genre.slug, genre.name, parent.slug if parent else "", full_name, not genre.retired_at)


def _by_name(known: list[KnownGenre]) -> dict[str, list[str]]:
    """Full names go before parts of them ("Techno (Peak Time)" is techno), parents before subgenres."""
    ranks: list[dict[str, list[str]]] = [{}, {}, {}]
    for each in known:
        for name in (each.name, each.full_name):
            _put(ranks[1 if each.parent else 0], name, each.slug)
        for name in [] if each.parent else each.name.split(" (")[0].split(" / "):
            _put(ranks[2], name, each.slug)
    return ranks[2] | ranks[1] | ranks[0]


def _put(names: dict[str, list[str]], name: str, slug: str) -> None:
    found = names.setdefault(slugify(name), [])
    if slug not in found:
        found.append(slug)
