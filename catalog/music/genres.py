"""Genres where people name several: a subgenre with its parent, beside it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from catalog.models import Genre


def in_families(genres: QuerySet[Genre]) -> QuerySet[Genre]:
    """Order by parent, each followed by its subgenres; loads the parents."""
    family = Coalesce("parent__name", "name")
    return genres.select_related("parent").order_by(family, F("parent").asc(nulls_first=True), "name")


def genre_name(genre: Genre) -> str:
    """Return the name as one reads it alone: `House: Acid`."""
    return f"{genre.parent.name}: {genre.name}" if genre.parent else genre.name


def genre_names(genres: Iterable[Genre]) -> list[str]:
    return [genre_name(genre) for genre in genres]


class GenresField(forms.ModelMultipleChoiceField):
    """Some genres and subgenres, each under its full name."""

    def label_from_instance(self, genre: Any) -> str:
        return genre_name(genre)
