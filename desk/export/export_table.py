"""The columns of an export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from catalog.choices import AIUse
from catalog.links.link import without_tokens
from catalog.music.keys import UNKNOWN_KEY, musical
from desk.review.last_decision import reason_of, welcome_of
from desk.scores.visibility import visible_score
from desk.tags.page import tags_on
from submissions.models import Event, Submission

Value = str | int | Decimal | datetime | None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A submission with the data of its columns; `genres` are names by slug, `due` is the desk's deadline."""

    submission: Submission
    copy: Mapping[str, Any]
    decision: Event | None
    genres: Mapping[str, str]
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `is_internal` for the team's own data. Numbers and times keep their type."""

    name: str
    value: Callable[[ExportRow], Value]
    is_internal: bool = False


def key_name(key: str) -> str:
    """Return the name of a stored key, unchanged where it is not a key."""
    try:
        return musical(key) if key else ""
    except ValidationError:
        return key


def bare_link(row: ExportRow, name: str) -> str:
    """Return a link without its access tokens; "" where the desk shows no links."""
    return without_tokens(row.copy.get(name) or "") if row.submission.shows_links_to_desk else ""


def _score(row: ExportRow, name: str) -> Value:
    """Return a value of the score; None without one this member may see."""
    score = visible_score(row.submission)
    return getattr(score, name) if score else None


COLUMNS = (
    Column("reference", lambda row: row.submission.reference),
    Column("state", lambda row: row.submission.words.desk_name),
    Column("title", lambda row: row.submission.title),
    Column("mix", lambda row: row.submission.mix),
    Column("artist", lambda row: row.submission.artist),
    Column("genre", lambda row: row.genres.get(row.submission.genre, row.submission.genre)),
    Column("subgenre", lambda row: row.genres.get(row.submission.subgenre, row.submission.subgenre)),
    Column("bpm", lambda row: row.submission.tempo),
    Column("key", lambda row: key_name(row.submission.key)),
    Column("camelot", lambda row: "" if row.submission.key == UNKNOWN_KEY else row.submission.key),
    Column("country", lambda row: row.submission.country),
    Column("ai", lambda row: dict(AIUse.choices).get(row.submission.ai, row.submission.ai)),
    Column("isrc", lambda row: row.submission.isrc),
    Column("duration_seconds", lambda row: row.copy.get("duration")),
    Column("intake", lambda row: row.submission.intake.title),
    Column("sent_at", lambda row: row.submission.submitted_at),
    Column("due_at", lambda row: row.due),
    Column("last_move_at", lambda row: row.submission.moved_at),
    Column("reason", lambda row: reason_of(row.decision)),
    Column("welcome_next", lambda row: welcome_of(row.decision)),
    Column("audio_link", lambda row: bare_link(row, "audio_url")),
    Column("backup_link", lambda row: bare_link(row, "backup_url")),
    Column("assignee", lambda row: str(row.submission.team_assignee or ""), is_internal=True),
    Column("tags", lambda row: ", ".join(tag.name for tag in tags_on(row.submission)), is_internal=True),
    Column("score", lambda row: _score(row, "mean"), is_internal=True),
    Column("score_spread", lambda row: _score(row, "spread"), is_internal=True),
    Column("scores", lambda row: _score(row, "count"), is_internal=True),
)


def columns(*, internal: bool) -> list[Column]:
    """Return the columns, with or without the internal ones."""
    return [column for column in COLUMNS if internal or not column.is_internal]
