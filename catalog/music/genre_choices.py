"""Genres as grouped choices of a form."""

from django.db.models import Q

from catalog.models import Genre, Track

Choices = list[tuple[str, str | list[tuple[int, str]]]]


def offered_to(track: Track) -> list[Genre]:
    """Return the genres and subgenres a track may be given: those in use, and those it has already."""
    chosen = [pk for pk in (track.genre_id, track.subgenre_id) if pk]
    in_use = Q(retired_at=None) & (Q(parent=None) | Q(parent__retired_at=None))
    return list(Genre.objects.filter(in_use | Q(pk__in=chosen)).select_related("parent").order_by("name"))


def genre_choices(genres: list[Genre]) -> Choices:
    """Return the parents, open-format genres in a group of their own."""
    parents = [genre for genre in genres if genre.parent_id is None]
    club = [(genre.pk, genre.name) for genre in parents if not genre.is_open_format]
    open_format = [(genre.pk, genre.name) for genre in parents if genre.is_open_format]
    return [("", "Choose a genre"), ("Electronic", club), ("Open format", open_format)]


def subgenre_choices(genres: list[Genre]) -> Choices:
    """Return the subgenres, grouped by their parents' names."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for genre in sorted(genres, key=lambda each: (each.parent.name if each.parent else "", each.name)):
        if genre.parent:
            groups.setdefault(genre.parent.name, []).append((genre.pk, genre.name))
    return [("", "None"), *groups.items()]
