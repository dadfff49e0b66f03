"""Genres in forms and lists: ordering, full names, choices."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django import forms
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from catalog.models import Genre, Track

M = TypeVar("M", bound=Model)


def in_families(rows: QuerySet[M], path: str = "") -> QuerySet[M]:
    """Order by parent, each followed by its subgenres; joins the parents. `path` leads to the genre: "genre__"."""
    family, parent = Coalesce(f"{path}parent__name", f"{path}name"), f"{path}parent"
    return rows.select_related(parent).order_by(family, F(parent).asc(nulls_first=True), f"{path}name")


def genre_name(genre: Genre) -> str:
    """Return the name with its parent's: `House: Acid`."""
    return f"{genre.parent.name}: {genre.name}" if genre.parent else genre.name


def genre_names(genres: Iterable[Genre]) -> list[str]:
    """Return the full names; uses the joined parents."""
    return [genre_name(genre) for genre in genres]


class GenresField(forms.ModelMultipleChoiceField):
    """A choice of several genres and subgenres, shown by their full names."""

    def label_from_instance(self, genre: Any) -> str:
        return genre_name(genre)


Choices = list[tuple[str, str | list[tuple[int, str]]]]


def offered_to(track: Track) -> list[Genre]:
    """Return the genres and subgenres offered for a track: those not retired, and those it has."""
    chosen = [pk for pk in (track.genre_id, track.subgenre_id) if pk]
    in_use = Q(retired_at=None) & (Q(parent=None) | Q(parent__retired_at=None))
    return list(Genre.objects.filter(in_use | Q(pk__in=chosen)).select_related("parent").order_by("name"))


def genre_choices(genres: list[Genre]) -> Choices:
    """Return the top-level genres as choices, open-format ones in a group of their own."""
    parents = [genre for genre in genres if genre.parent_id is None]
    club = [(genre.pk, genre.name) for genre in parents if not genre.is_open_format]
    open_format = [(genre.pk, genre.name) for genre in parents if genre.is_open_format]
    return [("", "Choose a genre"), ("Electronic", club), ("Open format", open_format)]


def subgenre_choices(genres: list[Genre]) -> Choices:
    """Return the subgenres as choices, grouped by parent."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for genre in sorted(genres, key=lambda each: (each.parent.name if each.parent else "", each.name)):
        if genre.parent:
            groups.setdefault(genre.parent.name, []).append((genre.pk, genre.name))
    return [("", "None"), *groups.items()]
