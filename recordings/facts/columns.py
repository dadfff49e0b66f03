"""The columns of `Recording` that lists search and sort by: what counts of its facts, written with them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from catalog.music.known_genres import genres
from recordings.choices import Fact, Kind
from recordings.facts.known import Facts, effective_of
from recordings.models import Recording
from recordings.works import Name, works_of

TEXTS = (Fact.TITLE, Fact.ARTIST, Fact.MIX, Fact.KEY)
COLUMNS = (*map(str, TEXTS), "genre", "tempo", "loudness")


def columns_of(facts: Facts) -> dict[str, Any]:
    """Return the value of each column; what is still open, or no genre of ours, is empty."""
    said = {fact: known.settled for fact, known in facts.items()}
    genre, tempo, loudness = said.get(Fact.GENRE, ""), said.get(Fact.TEMPO), said.get(Fact.LOUDNESS)
    return {
        **{str(fact): said.get(fact, "") for fact in TEXTS},
        "genre": genre if genre in genres() else "",
        "tempo": Decimal(tempo) if tempo else None,
        "loudness": Decimal(loudness).quantize(Decimal("0.1")) if loudness else None,
    }


def keep_columns(locked: Iterable[Recording]) -> None:
    """Write the columns of recordings, fetched under a lock, anew where they changed. Five queries at most."""
    rows = list(locked)
    known = effective_of(rows)
    changed = [row for row in rows if _takes(row, columns_of(known[row.pk]))]
    if changed:
        names = {row.pk: _name_of(row, known[row.pk]) for row in changed}
        works = works_of(names.values())
        for row in changed:
            row.work = works.get(names[row.pk].digest)
        Recording.objects.bulk_update(changed, [*COLUMNS, "work"])


def _name_of(row: Recording, facts: Facts) -> Name:
    """Return the name of a recording; that of a set is no song's."""
    if row.kind in (Kind.SET, Kind.LIVE):
        return Name("", "")
    isrc = facts[Fact.ISRC].settled if Fact.ISRC in facts else ""
    return Name(row.artist, row.title, row.mix, isrc=isrc)


def _takes(row: Recording, columns: dict[str, Any]) -> bool:
    """Set the columns of a row; return whether one of them changed."""
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
