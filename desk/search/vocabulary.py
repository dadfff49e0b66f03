"""The genres a query may name, kept in the process for a minute."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic

from django.utils.text import slugify

from catalog.models import Genre

KEPT = 60
"""For so many seconds a process may not know a new genre."""


@dataclass(frozen=True, slots=True)
class Known:
    """A genre, or with a `parent` a subgenre; `full_name` is how one reads it alone."""

    slug: str
    name: str
    parent: str
    full_name: str
    is_offered: bool


def edition() -> int:
    """Return a number that changes when the genres are read again."""
    return int(monotonic() / KEPT)


def genres() -> Mapping[str, Known]:
    """Return all genres by slug, each parent followed by its subgenres, retired ones among them."""
    return _read(edition()).by_slug


def names() -> Mapping[str, list[str]]:
    """Return the slugs of the genres that may be meant by a name, as a slug has it."""
    return _read(edition()).by_name


def matching(typed: str) -> list[str]:
    """Return the slugs of the genres that somebody may mean by a slug or a name."""
    slug = slugify(typed)
    return [slug] if slug in genres() else names().get(slug, [])


def forget() -> None:
    """Let the next question read the genres anew; for tests."""
    _read.cache_clear()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    by_slug: Mapping[str, Known]
    by_name: Mapping[str, list[str]]


@lru_cache(maxsize=1)
def _read(_edition: int) -> Vocabulary:
    found = [_known(each) for each in Genre.objects.select_related("parent")]
    found.sort(key=lambda each: each.full_name.casefold())
    return Vocabulary({each.slug: each for each in found}, _by_name(found))


def _known(genre: Genre) -> Known:
    parent = genre.parent
    full_name = f"{parent.name}: {genre.name}" if parent else genre.name
    return Known(genre.slug, genre.name, parent.slug if parent else "", full_name, not genre.retired_at)


def _by_name(known: list[Known]) -> dict[str, list[str]]:
    """Whole names go before parts of them ("Techno (Peak Time)" is techno), parents before subgenres."""
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
