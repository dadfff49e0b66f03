"""Search column, orders and indexes of recordings; each index names the query it serves."""

from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce, Lower

QUIETEST = Decimal("-99.0")
"""Sorts what has no loudness as the quietest."""

ORDERS = {
    "title_order": Lower("title"),
    "artist_order": Lower("artist"),
    "tempo_order": Coalesce(
        "tempo", Value(Decimal(0)), output_field=models.DecimalField(max_digits=5, decimal_places=2)
    ),
    "length_order": Coalesce("length_ms", Value(0), output_field=models.BigIntegerField()),
    "loudness_order": Coalesce(
        "loudness", Value(QUIETEST), output_field=models.DecimalField(max_digits=4, decimal_places=1)
    ),
}
"""What a list is ordered by, never null; what is unknown comes as the least."""


def search_column() -> models.GeneratedField:
    """Return the generated column for PostgreSQL's text search: the words, the shelf's lexeme and the reference.

    It is made as the desk's is, with a shelf in place of a label.
    """
    words = Func("shelf_id", "reference", "artist", "title", "mix", "names", function="submissions_search")
    return models.GeneratedField(expression=words, output_field=SearchVectorField(), db_persist=True)


INDEXES = [
    # a shelf's recordings, newest first
    models.Index(fields=["shelf", "-created_at", "-id"], name="recording_newest"),
    # the same by title, artist, tempo, length and loudness; these serve ranges too
    models.Index("shelf", ORDERS["title_order"], "id", name="recording_by_title"),
    models.Index("shelf", ORDERS["artist_order"], "id", name="recording_by_artist"),
    models.Index("shelf", ORDERS["tempo_order"], "id", name="recording_by_tempo"),
    models.Index("shelf", ORDERS["length_order"], "id", name="recording_by_length"),
    models.Index("shelf", ORDERS["loudness_order"], "id", name="recording_by_loudness"),
    # in keys that mix, of one kind, of a genre
    models.Index(fields=["shelf", "key", "-created_at", "-id"], name="recording_by_key"),
    models.Index(fields=["shelf", "kind", "-created_at", "-id"], name="recording_by_kind"),
    models.Index(fields=["shelf", "genre", "-created_at", "-id"], name="recording_by_genre"),
    GinIndex(fields=["search"], name="recording_search"),
    # the same audio again
    models.Index(fields=["audio_digest"], condition=~Q(audio_digest=""), name="recording_same_audio"),
]
