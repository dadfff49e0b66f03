"""The columns of an export: everything that the desk shows, and nothing that opens a link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from catalog.links.link import without_tokens
from catalog.music.keys import UNKNOWN_KEY, musical
from desk.review.last_decision import reason_of, welcome_of
from desk.scores.visibility import visible_score
from desk.tags.page import tags_on
from labels.choices import QuestionKind
from submissions.copy_view import PAGES
from submissions.models import Event, Submission
from submissions.wording import ROLES, value_words

Value = str | int | bool | Decimal | date | datetime | list[Any] | dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A submission with the data of its columns; `genres` are names by slug, `due` is the desk's deadline."""

    submission: Submission
    copy: Mapping[str, Any]
    answers: list[dict[str, Any]]
    decision: Event | None
    offer: Event | None
    genres: Mapping[str, str]
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `is_usual` where nothing was chosen yet. Numbers, times and lists keep their type."""

    name: str
    label: str
    value: Callable[[ExportRow], Value]
    is_usual: bool = True


def _of(name: str) -> Callable[[ExportRow], Value]:
    """Return the reader of a submission's column."""
    return lambda row: getattr(row.submission, name)


def _copied(name: str, row: ExportRow) -> Value:
    """Return a field of the last revision's copy, in words where it is one of several choices."""
    value = row.copy.get(name)
    return value if isinstance(value, bool | int) else value_words(name, value, row.genres)


def copied(name: str) -> Callable[[ExportRow], Value]:
    return partial(_copied, name)


def _key_name(row: ExportRow) -> str:
    """Return the name of a stored key, unchanged where it is not a key."""
    key = row.submission.key
    try:
        return musical(key) if key else ""
    except ValidationError:
        return key


def _bare(link: Any, row: ExportRow) -> str:
    """Return a link without its access tokens; "" where the desk shows no links."""
    return without_tokens(link or "") if row.submission.shows_links_to_desk else ""


def _answers(row: ExportRow) -> Value:
    """Return the answers to the label's questions; links without what opens them."""
    return [{"question": each["text"], "answer": _answer(each, row)} for each in row.answers]


def _answer(answer: Mapping[str, Any], row: ExportRow) -> Value:
    value: Value = answer["value"]
    return _bare(value, row) if answer["kind"] == QuestionKind.LINK else value


def _collaborators(row: ExportRow) -> Value:
    """Return who worked on it, with their share in percent."""
    return [
        {
            "name": each.get("name", ""),
            "role": ROLES.get(each.get("role", ""), ""),
            "split": Decimal(each["split"]) if each.get("split") else None,
            "email": each.get("email", ""),
            "agrees": bool(each.get("consents")),
        }
        for each in row.copy.get("collaborators", [])
    ]


def _pages(row: ExportRow) -> Value:
    return [page for page in (_bare(row.copy.get(name), row) for name in PAGES) if page]


def _score(name: str, row: ExportRow) -> Value:
    """Return a value of the score; None without one this member may see."""
    score = visible_score(row.submission)
    return getattr(score, name) if score else None


GROUPS: Mapping[str, tuple[Column, ...]] = {
    "Submission": (
        Column("reference", "Reference", _of("reference")),
        Column("state", "State", lambda row: row.submission.words.desk_name),
        Column("intake", "Intake", lambda row: row.submission.intake.title),
        Column("sent_at", "Sent at", _of("submitted_at")),
        Column("opened_at", "Opened at", _of("opened_at")),
        Column("opened_by", "Opened by", lambda row: str(row.submission.opened_by or ""), is_usual=False),
        Column("answered_at", "Answered at", _of("answered_at")),
        Column("due_at", "Due at", lambda row: row.due),
        Column("last_move_at", "Last change at", _of("moved_at")),
        Column("answers", "Answers to your questions", _answers, is_usual=False),
    ),
    "Track": (
        Column("title", "Title", _of("title")),
        Column("mix", "Mix name", _of("mix")),
        Column("version", "Version", copied("version_type"), is_usual=False),
        Column("genre", "Genre", lambda row: row.genres.get(row.submission.genre, row.submission.genre)),
        Column(
            "subgenre",
            "Subgenre",
            lambda row: row.genres.get(row.submission.subgenre, row.submission.subgenre),
        ),
        Column("bpm", "BPM", _of("tempo")),
        Column("key", "Key", _key_name),
        Column(
            "camelot",
            "Camelot",
            lambda row: "" if row.submission.key == UNKNOWN_KEY else row.submission.key,
        ),
        Column("duration_seconds", "Length in seconds", lambda row: row.copy.get("duration")),
        Column("isrc", "ISRC", _of("isrc")),
        Column("explicit", "Explicit lyrics", copied("explicit"), is_usual=False),
        Column("language", "Language", copied("language"), is_usual=False),
        Column("pitch", "Pitch", copied("pitch"), is_usual=False),
        Column("for_fans_of", "For fans of", copied("references"), is_usual=False),
        Column("audio_link", "Audio link", lambda row: _bare(row.copy.get("audio_url"), row)),
        Column("backup_link", "Backup link", lambda row: _bare(row.copy.get("backup_url"), row)),
        Column("wav", "WAV", copied("has_wav")),
        Column("stems", "Stems", copied("has_stems")),
    ),
    "Producer": (
        Column("artist", "Artist", _of("artist")),
        Column("contact_email", "Contact", copied("contact_email"), is_usual=False),
        Column("country", "Country", _of("country")),
        Column("city", "City", copied("city"), is_usual=False),
        Column("bio", "Short bio", copied("bio"), is_usual=False),
        Column("pages", "Pages", _pages, is_usual=False),
    ),
    "Rights": (
        Column("ai", "Generative AI", copied("ai")),
        Column("exclusivity", "Exclusivity", copied("exclusivity")),
        Column(
            "exclusive_until", "Exclusive until", lambda row: row.copy.get("exclusive_until"), is_usual=False
        ),
        Column("release_status", "Release status", copied("release_status"), is_usual=False),
        Column("samples", "Samples", copied("sample_use"), is_usual=False),
        Column("vocals", "Vocals", copied("vocal_use"), is_usual=False),
        Column("licence", "Licence", copied("licence_proof"), is_usual=False),
        Column("splits", "Collaborators and splits", _collaborators, is_usual=False),
        Column("pro", "PRO", copied("pro"), is_usual=False),
        Column("ipi", "IPI", copied("ipi"), is_usual=False),
    ),
    "Decision and release": (
        Column("reason", "Reason", lambda row: reason_of(row.decision)),
        Column("welcome_next", "Welcome next", lambda row: welcome_of(row.decision)),
        Column(
            "terms",
            "Terms of the offer",
            lambda row: row.offer.private.get("terms", "") if row.offer else "",
            is_usual=False,
        ),
        Column("target_release", "Target release", copied("release_window"), is_usual=False),
        Column("release_date", "Release date", _of("release_on")),
        Column("catalogue_number", "Catalogue number", _of("catalogue_number")),
    ),
    "Your team": (
        Column(
            "assignee", "Assigned to", lambda row: str(row.submission.team_assignee or ""), is_usual=False
        ),
        Column("tags", "Tags", lambda row: [tag.name for tag in tags_on(row.submission)], is_usual=False),
        Column("score", "Score", partial(_score, "mean"), is_usual=False),
        Column("score_spread", "Score spread", partial(_score, "spread"), is_usual=False),
        Column("scores", "Number of scores", partial(_score, "count"), is_usual=False),
    ),
}
"""The columns in their order, by the heading under which they are offered."""

COLUMNS: Mapping[str, Column] = {column.name: column for group in GROUPS.values() for column in group}
USUAL = tuple(name for name, column in COLUMNS.items() if column.is_usual)
OF_THE_TEAM = frozenset(column.name for column in GROUPS["Your team"])


def columns_named(names: list[str] | tuple[str, ...]) -> list[Column]:
    """Return the columns with these names in the table's order; raises KeyError for an unknown one."""
    chosen = {COLUMNS[name].name for name in names}
    return [column for name, column in COLUMNS.items() if name in chosen]
