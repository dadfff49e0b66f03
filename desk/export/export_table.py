"""What an export says of each submission, column by column."""

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
class Exported:
    """A submission with what an export needs of it; `genres` are names by slug, `due` as the desk counts it."""

    submission: Submission
    copied: Mapping[str, Any]
    decision: Event | None
    genres: Mapping[str, str]
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """Text is what somebody typed or a word of ours; numbers and times keep their type."""

    name: str
    value: Callable[[Exported], Value]
    is_internal: bool = False


def key_name(key: str) -> str:
    """Return a stored key in words, as it is where it is none."""
    try:
        return musical(key) if key else ""
    except ValidationError:
        return key


def bare_link(row: Exported, name: str) -> str:
    """Return a link without what opens the music; "" where this desk shows no links."""
    return without_tokens(row.copied.get(name) or "") if row.submission.shows_links_to_desk else ""


def _score(row: Exported, name: str) -> Value:
    """Return a figure of the score that this member may see; None for none."""
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
    Column("duration_seconds", lambda row: row.copied.get("duration")),
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
    """Return what an export says, with or without the team's own columns."""
    return [column for column in COLUMNS if internal or not column.is_internal]
