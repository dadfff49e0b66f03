"""Search column, orders and indexes of submissions; each index names the query it serves."""

from datetime import UTC, datetime
from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce

from submissions.choices import Ball, State
from submissions.state_machine import states_with

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Sorts submissions without a due date last."""

DUE_ORDER = Coalesce("due_at", Value(NEVER))
TEMPO_ORDER = Coalesce(
    "tempo", Value(Decimal(0)), output_field=models.DecimalField(max_digits=5, decimal_places=2)
)
SCORE_ORDER = Coalesce(
    "team_score", Value(Decimal(0)), output_field=models.DecimalField(max_digits=3, decimal_places=2)
)

OURS = Q(state__in=sorted(states_with(Ball.LABEL)))
THEIRS = Q(state__in=sorted(states_with(Ball.PRODUCER)))


def search_column() -> models.GeneratedField:
    """Return the generated column for PostgreSQL's text search.

    It holds two lexemes besides the words: the label's, so that one index serves every desk, and the reference.
    """
    words = Func("label_id", "reference", "artist", "title", "mix", function="submissions_search")
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
    # the same by due date and by tempo; the latter serves a range of tempos too
    models.Index("label", DUE_ORDER, "id", name="submission_by_due"),
    models.Index("label", DUE_ORDER, "id", condition=OURS, name="submission_ours_by_due"),
    models.Index("label", TEMPO_ORDER, "id", name="submission_by_tempo"),
    models.Index("label", TEMPO_ORDER, "id", condition=OURS, name="submission_ours_by_tempo"),
    models.Index("label", SCORE_ORDER, "id", name="submission_by_score"),
    # the queue, filtered
    models.Index(fields=["label", "genre", "submitted_at", "id"], name="submission_by_genre"),
    models.Index(fields=["label", "subgenre", "submitted_at", "id"], name="submission_by_subgenre"),
    models.Index(fields=["label", "key", "submitted_at", "id"], name="submission_by_key"),
    models.Index(fields=["label", "country", "submitted_at", "id"], name="submission_by_country"),
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
        fields=["label", "team_assignee", "submitted_at", "id"],
        condition=OURS & Q(team_assignee__isnull=False),
        include=["producer"],  # counting somebody's queue reads no rows
        name="submission_ours_assigned",
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
    # the job that expires what nobody answered
    models.Index(fields=["expires_at"], name="submission_expiring"),
    # the job that releases on the release date
    models.Index(fields=["release_on"], condition=Q(state=State.SCHEDULED), name="submission_release"),
    # the limit of submissions a week, and what was sent to this label before: its list, and how much of it was signed
    models.Index(
        fields=["producer", "label", "submitted_at", "id"],
        include=["state"],  # counting an artist's demos reads no rows
        name="submission_producer_label",
    ),
]
