"""Submissions, events, revisions and offers as tuples, streamed in order: for whoever reads a million of them."""

import json
from collections import namedtuple
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import psycopg
from django.db import connection, models
from django.db.models import QuerySet

from submissions.models import Event, Offer, Revision, Submission

CHUNK = 2000
_decode = json.JSONDecoder().decode


class JsonLoader(psycopg.adapt.Loader):
    """Reads jsonb as PostgreSQL sends it: a version, then text in UTF-8."""

    format = psycopg.pq.Format.BINARY

    def load(self, data: psycopg.abc.Buffer) -> Any:
        return _decode(str(data[1:], "utf-8"))


class Person(NamedTuple):
    """What digests know of a user."""

    secret: UUID


def _columns(model: type[models.Model]) -> dict[str, str]:
    names = [field.attname for field in model._meta.concrete_fields]
    return {name: name for name in names if not name.startswith("team_")}


SUBMISSION = _columns(Submission) | {
    "track_owner_id": "track__owner_id",
    "intake_label_id": "intake__label_id",
    "intake_code": "intake__code",
    "previous_reference": "previous__reference",
}
EVENT = _columns(Event) | {"actor_secret": "actor__secret", "acted_by_secret": "acted_by__secret"}
REVISION, OFFER = _columns(Revision), _columns(Offer)
"""By name in a tuple: the column, or a related one."""

if TYPE_CHECKING:  # rows have the attributes of the models they are made of, and no methods

    class SubmissionRow(Submission):
        track_owner_id: int
        intake_label_id: int
        intake_code: str
        previous_reference: str | None

    class EventRow(Event): ...

    class RevisionRow(Revision): ...

    class OfferRow(Offer): ...

else:
    SubmissionRow = namedtuple("SubmissionRow", SUBMISSION)
    RevisionRow = namedtuple("RevisionRow", REVISION)
    OfferRow = namedtuple("OfferRow", OFFER)

    class EventRow(namedtuple("EventRow", EVENT)):
        """An event; its people are as much as `history.sealed` asks for."""

        __slots__ = ()

        @property
        def actor(self) -> Person | None:
            return Person(self.actor_secret) if self.actor_secret else None

        @property
        def acted_by(self) -> Person | None:
            return Person(self.acted_by_secret) if self.acted_by_secret else None


def stream(rows: QuerySet[Any], columns: Mapping[str, str], row: Any) -> Iterator[Any]:
    """Yield these columns of rows as tuples of a kind, in a transaction. Memory stays flat however many there are."""
    statement, values = rows.values_list(*columns.values()).query.sql_with_params()
    name = f"history_{row.__name__}".lower()
    with psycopg.ServerCursor(connection.connection, name) as cursor:
        cursor.adapters.register_loader("jsonb", JsonLoader)
        cursor.execute(statement, values, binary=True)
        while found := cursor.fetchmany(CHUNK):
            yield from map(row._make, found)


class Taker:
    """Returns the rows of one submission after the other from a stream ordered by submission."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self.groups = groupby(rows, key=attrgetter("submission_id"))
        self.waiting: tuple[int, list[Any]] | None = None

    def __call__(self, pk: int) -> list[Any]:
        while self.waiting is None or self.waiting[0] < pk:
            key, rows = next(self.groups, (None, ()))
            if key is None:
                return []
            self.waiting = (key, list(rows))
        return self.waiting[1] if self.waiting[0] == pk else []
