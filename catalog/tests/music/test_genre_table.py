"""The genre table: what a slug promises to URLs, columns and saved filters."""

import re
from collections import Counter

import pytest

from catalog.music.genre_table import GENRE_CHOICES, GENRES, PARENTS, SUBGENRE_CHOICES, Genre

SLUGS = [slug for slug, _ in (*GENRE_CHOICES, *SUBGENRE_CHOICES)]


def test_table_holds_the_36_store_genres_and_the_9_open_formats() -> None:
    assert Counter(genre.is_open_format for genre in GENRES) == {False: 36, True: 9}


def test_slugs_are_unique_over_parents_and_subgenres() -> None:
    assert [slug for slug, times in Counter(SLUGS).items() if times > 1] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_slug_fits_a_url(slug: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert len(slug) <= 50


@pytest.mark.parametrize("genre", GENRES, ids=lambda genre: genre.slug)
def test_subgenre_slug_begins_with_its_parent(genre: Genre) -> None:
    assert all(slug.startswith(f"{genre.slug}-") for slug, _ in genre.subgenres)
    assert {PARENTS[slug] for slug, _ in genre.subgenres} <= {genre.slug}


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        ("drum-bass", ["Liquid", "Jump Up", "Jungle", "Deep", "Halftime"]),
        ("techno-raw", ["Broken", "Deep / Hypnotic", "Dub", "EBM", "Raw"]),
        ("afro-house", ["Afro / Latin", "Afro Melodic", "3Step"]),
        ("electro", []),
        ("deep-house", []),
    ],
)
def test_subgenres_stand_as_in_the_source(slug: str, names: list[str]) -> None:
    genre = next(genre for genre in GENRES if genre.slug == slug)
    assert [name for _, name in genre.subgenres] == names
