"""Search column, orders and indexes of submissions; each index names the query it serves."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce, Replace, Upper

from kit.text_comparison import fold
from submissions.query_words import SIDES
from submissions.transition_table import REMINDED

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Sorts submissions without a due date last."""

NO_DATE = date(9000, 1, 1)
"""Sorts submissions without a release date last."""

DUE_ORDER = Coalesce("due_at", Value(NEVER))
TEMPO_ORDER = Coalesce(
    "tempo", Value(Decimal(0)), output_field=models.DecimalField(max_digits=5, decimal_places=2)
)
SCORE_ORDER = Coalesce(
    "team_score", Value(Decimal(0)), output_field=models.DecimalField(max_digits=3, decimal_places=2)
)

RELEASE_ORDER = Coalesce("release_on", Value(NO_DATE))
CATALOGUE_KEY = Replace(
    Upper(Func("catalogue_number", function="submissions_fold", output_field=models.CharField())),
    Value(" "),
)
"""A catalogue number without signs, however it is typed."""

OURS = Q(state__in=sorted(SIDES["us"]))
THEIRS = Q(state__in=sorted(SIDES["them"]))
RELEASES = Q(state__in=sorted(SIDES["releases"]))


def catalogue_key(number: str) -> str:
    """Return a catalogue number, or the beginning of one, as `CATALOGUE_KEY` holds it."""
    return fold(number).upper().replace(" ", "")


def search_column() -> models.GeneratedField:
    """Return the generated column for PostgreSQL's text search.

    It holds two lexemes besides the words: the label's, so that one index serves every desk, and the reference.
    """
    columns = ("label_id", "reference", "artist", "title", "mix", "catalogue_number")
    words = Func(*columns, function="submissions_search")
    return models.GeneratedField(expression=words, output_field=SearchVectorField(), db_persist=True)


INDEXES = [
    # the queue, oldest or newest first: whole, by state, our turn, their turn
    models.Index(fields=["label", "submitted_at", "id"], name="submission_queue"),
    models.Index(
        fields=["label", "state", "submitted_at", "id"],
        include=["producer"],  # counting a desk's states reads no rows
        name="submission_queue_by_state",
    ),
    models.Index(fields=["label", "submitted_at", "id"], condition=OURS, name="submission_ours"),
    models.Index(fields=["label", "submitted_at", "id"], condition=THEIRS, name="submission_theirs"),
    # the same by due date, release date and tempo; these serve ranges too
    models.Index("label", DUE_ORDER, "id", name="submission_by_due"),
    models.Index("label", DUE_ORDER, "id", condition=OURS, name="submission_ours_by_due"),
    models.Index("label", TEMPO_ORDER, "id", name="submission_by_tempo"),
    models.Index("label", TEMPO_ORDER, "id", condition=OURS, name="submission_ours_by_tempo"),
    models.Index("label", DUE_ORDER, "id", condition=THEIRS, name="submission_theirs_by_due"),
    models.Index("label", RELEASE_ORDER, "id", name="submission_by_release"),
    models.Index("label", RELEASE_ORDER, "id", condition=RELEASES, name="submission_releases"),
    models.Index("label", SCORE_ORDER, "id", name="submission_by_score"),
    # the queue, filtered
    models.Index(fields=["label", "genre", "submitted_at", "id"], name="submission_by_genre"),
    models.Index(fields=["label", "subgenre", "submitted_at", "id"], name="submission_by_subgenre"),
    models.Index(fields=["label", "key", "submitted_at", "id"], name="submission_by_key"),
    models.Index(fields=["label", "country", "submitted_at", "id"], name="submission_by_country"),
    models.Index(fields=["label", "exclusivity", "submitted_at", "id"], name="submission_by_exclusivity"),
    models.Index(fields=["intake", "submitted_at", "id"], name="submission_by_intake"),
    models.Index(
        fields=["label", "submitted_at", "id"], condition=~Q(dead_links=[]), name="submission_dead_links"
    ),
    models.Index(
        fields=["label", "team_assignee", "submitted_at", "id"],
        condition=Q(team_assignee__isnull=False),
        name="submission_assigned",
    ),
    models.Index(
        "label",
        "team_assignee",
        DUE_ORDER,
        "id",
        condition=OURS & Q(team_assignee__isnull=False),
        include=["producer"],  # counting somebody's queue reads no rows
        name="submission_ours_assigned",
    ),
    models.Index(
        "label",
        OpClass(CATALOGUE_KEY, name="text_pattern_ops"),
        condition=~Q(catalogue_number=""),
        name="submission_by_catalogue",
    ),
    # opened, answered or lapsed within a period
    models.Index(fields=["label", "opened_at"], name="submission_opened"),
    models.Index(fields=["label", "answered_at"], name="submission_answered"),
    models.Index(
        fields=["label", "lapsed_at"], condition=Q(lapsed_at__isnull=False), name="submission_lapsed"
    ),
    models.Index(fields=["label", "is_in_time", "submitted_at", "id"], name="submission_by_promise"),
    models.Index(
        fields=["label", "reason", "submitted_at", "id"], condition=~Q(reason=""), name="submission_by_reason"
    ),
    models.Index(
        fields=["label", "opened_by", "submitted_at", "id"],
        condition=Q(opened_by__isnull=False),
        name="submission_by_opener",
    ),
    GinIndex(fields=["team_tags"], name="submission_tagged"),
    GinIndex(fields=["team_search"], name="submission_search"),
    # what changed while somebody had the queue open
    models.Index(fields=["label", "moved_at"], name="submission_moved"),
    # earlier demos at this label
    models.Index(fields=["label", "isrc"], condition=~Q(isrc=""), name="submission_same_isrc"),
    models.Index(fields=["label", "team_link"], condition=~Q(team_link=""), name="submission_same_link"),
    models.Index(fields=["label", "team_name"], condition=~Q(team_name=""), name="submission_same_name"),
    # a producer's list, newest first
    models.Index(fields=["producer", "-created_at", "-id"], name="submission_own"),
    # questions that wait for the label's answer: their list, and how many
    models.Index(
        fields=["label", "submitted_at", "id"],
        condition=Q(asked_at__isnull=False),
        include=["producer"],  # counting them reads no rows
        name="submission_asked",
    ),
    # the job that expires what nobody answered
    models.Index(fields=["expires_at"], name="submission_expiring"),
    # the job that reminds of answers that are due
    models.Index(fields=["due_at"], condition=Q(state__in=sorted(REMINDED)), name="submission_reminding"),
    # the job that ends holds
    models.Index(fields=["hold_due_at"], condition=Q(hold_due_at__isnull=False), name="submission_hold_due"),
    # the limit of submissions a week, and what was sent to this label before: its list, and how much of it was signed
    models.Index(
        fields=["producer", "label", "submitted_at", "id"],
        include=["state"],  # counting an artist's demos reads no rows
        name="submission_producer_label",
    ),
]
