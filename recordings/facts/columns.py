"""The columns of `Recording` that lists search and sort by: what counts of its facts, written with them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from catalog.music.known_genres import genres
from recordings.choices import Fact
from recordings.facts.known import Facts, effective_of
from recordings.models import Recording

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
    """Write the columns of recordings, fetched under a lock, anew where they changed. Two queries at most."""
    rows = list(locked)
    known = effective_of(rows)
    changed = [row for row in rows if _takes(row, columns_of(known[row.pk]))]
    if changed:
        Recording.objects.bulk_update(changed, COLUMNS)


def _takes(row: Recording, columns: dict[str, Any]) -> bool:
    """Set the columns of a row; return whether one of them changed."""
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
