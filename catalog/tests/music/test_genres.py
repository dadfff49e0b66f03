"""Genres as labels name them."""

import pytest

from catalog.models import Genre
from catalog.music.genres import genre_names, in_families

pytestmark = pytest.mark.django_db


def test_subgenre_stands_after_its_parent_and_names_it() -> None:
    slugs = ["house-soulful", "indie-dance", "house-acid", "house", "amapiano"]
    found = in_families(Genre.objects.filter(slug__in=slugs))
    assert genre_names(found) == ["Amapiano", "House", "House: Acid", "House: Soulful", "Indie Dance"]
