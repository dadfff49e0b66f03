"""An attacker with the application's database password: raw SQL as the runtime role."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
from django.db.models import Model
from psycopg.sql import SQL, Identifier, Placeholder
from psycopg.types.json import Jsonb

from accounts.models import User
from catalog.models import Track
from submissions import history, revisions
from submissions.models import Event, Offer, Submission

Raw = psycopg.Connection[Any]
TABLES = (
    "submissions_submission",
    "submissions_event",
    "submissions_revision",
    "submissions_splitsheet",
    "submissions_share",
    "submissions_offer",
    "submissions_deliverable",
    "submissions_message",
)
JSON = {"payload", "private", "copy", "answers", "shares", "terms", "value"}
REFUSED = (
    psycopg.errors.RestrictViolation,
    psycopg.errors.IntegrityConstraintViolation,
    psycopg.errors.UniqueViolation,
    psycopg.errors.CheckViolation,
    psycopg.errors.ForeignKeyViolation,
    psycopg.errors.InsufficientPrivilege,
)


@dataclass(frozen=True)
class Victim:
    """A submission in `submitted`, with one event and one revision."""

    submission: Submission
    event: Event
    other_track: Track
    manager: User

    def event_row(self, **wrong: Any) -> dict[str, Any]:
        """Return the columns of a valid next event, with these changed."""
        entry = history.Entry("start_review", "manager", uuid4(), actor=self.manager)
        built = history.build(self.submission, self.event, entry, moment=self.event.recorded_at)
        row = columns_of(built)
        return row | {"recorded_at": built.recorded_at + timedelta(seconds=1)} | wrong

    def revising_row(self, **payload: Any) -> dict[str, Any]:
        """Return the columns of an event that must come with a revision."""
        wanted: dict[str, Any] = {
            "transition": "replace_link",
            "to_state": "submitted",
            "actor_role": "producer",
        }
        wanted["actor_id"] = self.submission.producer_id
        return self.event_row(payload={"slot": "audio", **payload}, **wanted)

    def revision_row(self, event_id: int, **wrong: Any) -> dict[str, Any]:
        """Return the columns of a valid second revision, with these changed."""
        first = self.submission.revisions.get()
        built = revisions.build(self.submission, first, first.copy, first.answers)
        built.event_id = event_id
        row = columns_of(built)
        return row | wrong

    def submission_row(self, **wrong: Any) -> dict[str, Any]:
        """Return the columns of a valid draft of another track, with these changed."""
        kept = self.submission
        built = Submission(
            reference="TF-0000-0000",
            producer=kept.producer,
            label=kept.label,
            intake=kept.intake,
            track=self.other_track,
        )
        row = columns_of(built)
        return row | wrong


def columns_of(built: Model) -> dict[str, Any]:
    """Return the columns of an unsaved row, without those that the database fills in."""
    written = [f for f in built._meta.concrete_fields if f.column != "id" and not f.generated]
    return {str(f.column): getattr(built, f.attname) for f in written}


def insert(raw: Raw, table: str, row: dict[str, Any]) -> int:
    """Insert a row and return its id."""
    values = {name: Jsonb(value) if name in JSON else value for name, value in row.items()}
    names, places = SQL(", ").join(map(Identifier, row)), SQL(", ").join(map(Placeholder, row))
    statement = SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(Identifier(table), names, places)
    (found,) = raw.execute(statement, values).fetchone() or (0,)
    return int(found)


def insert_event(raw: Raw, event: Event, offer: Offer | None) -> None:
    """Insert an event, and the offer that it makes."""
    key = insert(raw, "submissions_event", columns_of(event))
    if offer:
        offer.event_id = key
        insert(raw, "submissions_offer", columns_of(offer))


def move(raw: Raw, victim: Victim, **columns: Any) -> None:
    """Update the victim's row to a valid next state and version, with these columns changed."""
    wanted = {"state": "in_review", "version": 2, "turn": 2} | columns
    pairs = SQL(", ").join(SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in wanted)
    statement = SQL("UPDATE submissions_submission SET {} WHERE id = {}").format(pairs, victim.submission.pk)
    raw.execute(statement, wanted)


def history_text(raw: Raw) -> str:
    """Return the content of the history tables as text."""
    found = [
        raw.execute(
            SQL("SELECT to_jsonb(t)::text FROM {} AS t ORDER BY id").format(Identifier("public", table))
        )
        for table in TABLES
    ]
    return json.dumps([rows.fetchall() for rows in found])


@contextmanager
def unchanged_history(raw: Raw) -> Iterator[None]:
    """Fail unless the history is the same afterwards."""
    before = history_text(raw)
    yield
    raw.rollback()
    raw.execute("RESET ALL")
    assert history_text(raw) == before
