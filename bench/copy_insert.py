"""Inserting histories by COPY, under all guards."""

import json
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction
from psycopg.types.json import Jsonb

from bench.histories import History
from catalog.models import Track
from submissions.models import Event, Offer, Revision, Submission

SUBMISSION = Submission._meta.db_table


def numbers(model: type[models.Model], count: int) -> Iterator[int]:
    """Take primary keys from a table's sequence."""
    with connection.cursor() as cursor:
        statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(statement, [model._meta.db_table, count])
        return iter([pk for (pk,) in cursor.fetchall()])


def write(tracks: Iterable[Track], histories: list[History]) -> None:
    """Save tracks and histories in one transaction: drafts first, then version by version."""
    with transaction.atomic():
        copy(Track, tracks)
        copy(Submission, (told.submission for told in histories))
        for version in range(max(len(told.events) for told in histories)):
            reached = [told for told in histories if len(told.events) > version]
            _write_version(reached, version)


def _write_version(histories: list[History], version: int) -> None:
    events = [told.events[version] for told in histories]
    for event, pk in zip(events, numbers(Event, len(events)), strict=True):
        event.pk = pk
    copy(Event, events)
    revisions = [revision for told in histories if (revision := told.revisions[version])]
    for revision in revisions:
        revision.event_id = revision.event.pk
    copy(Revision, revisions, pk=False)
    offers = [offer for told in histories if (offer := told.offers[version])]
    for offer in offers:
        offer.event_id = offer.event.pk
    copy(Offer, offers, pk=False)
    _update(_columns(histories, version, has_revision=True))
    _update(_columns(histories, version, has_revision=False))


def _columns(histories: list[History], version: int, *, has_revision: bool) -> list[dict[str, Any]]:
    """Return this version's columns, of the histories with or without a revision in it."""
    return [
        told.columns[version] | {"id": told.submission.pk}
        for told in histories
        if bool(told.revisions[version]) is has_revision
    ]


def copy(model: type[models.Model], rows: Iterable[models.Model], *, pk: bool = True) -> None:
    """Insert model instances by COPY."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    fields = [field for field in fields if pk or not field.primary_key]
    read = attrgetter(*(field.attname for field in fields))
    plain = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as stream,
    ):
        for row in rows:
            values = list(read(row))
            for place in plain:
                values[place] = Jsonb(values[place])
            stream.write_row(values)


def _update(rows: list[dict[str, Any]]) -> None:
    """Update submissions; all rows have the same columns."""
    if not rows:
        return
    names = [name for name in rows[0] if name != "id"]
    columns, values = ", ".join(f'"{name}"' for name in names), ", ".join(f'new."{name}"' for name in names)
    statement = (
        f"UPDATE {SUBMISSION} AS old SET ({columns}) = ROW({values}) "  # noqa: S608  # our own names
        f"FROM json_populate_recordset(NULL::{SUBMISSION}, %s::json) AS new WHERE old.id = new.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, default=str)])
