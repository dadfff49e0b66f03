"""Exports of the queue, streamed in chunks so that memory stays small."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from desk.export.export_table import Column, ExportRow, Value
from desk.queue import listing
from desk.review.deadline_words import deadlines_of
from desk.review.last_decision import last_decisions
from kit.spreadsheet import csv_lines, escape_formula
from labels.models import Label
from submissions.models import Revision, Submission
from submissions.models.submission import SubmissionQuerySet
from submissions.wording import genre_names

CHUNK = 500
COPY_FIELDS = ("duration", "audio_url", "backup_url")


def export_rows(rows: SubmissionQuerySet, label: Label) -> Iterator[ExportRow]:
    """Yield rows with the data of their columns. One query, and a few for each chunk."""
    found = listing.with_tags(rows).select_related("intake", "team_assignee").defer("team_search")
    submissions = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(submissions, CHUNK)):
        yield from _export_rows(chunk, label)


def as_csv(rows: Iterator[ExportRow], columns: list[Column]) -> Iterator[str]:
    """Yield an export as CSV (RFC 4180), in UTF-8 with a byte order mark for spreadsheets."""
    head = [column.name for column in columns]
    return csv_lines(head, ([cell(column.value(row)) for column in columns] for row in rows))


def as_json(rows: Iterator[ExportRow], columns: list[Column]) -> Iterator[str]:
    """Yield an export as a JSON array of objects; one that breaks off stays unclosed."""
    between = "[\n"
    for row in rows:
        values = {column.name: _json_value(column.value(row)) for column in columns}
        yield between + json.dumps(values, ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def cell(value: Value) -> str:
    """Return a value as a spreadsheet cell: text like a formula gets an apostrophe in front.

    Numbers and times never begin like a formula.
    """
    if isinstance(value, str):
        return escape_formula(value)
    return "" if value is None else str(_json_value(value))


def _json_value(value: Value) -> str | int | float | None:
    """Return a value for JSON: times in UTC, decimals without trailing zeros."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _export_rows(chunk: list[Submission], label: Label) -> Iterator[ExportRow]:
    ids = [each.pk for each in chunk]
    clocks, decisions, copies = deadlines_of(chunk, label), last_decisions(ids), _copies(ids)
    genres = genre_names(slug for each in chunk for slug in (each.genre, each.subgenre))
    for each in chunk:
        yield ExportRow(each, copies[each.pk], decisions.get(each.pk), genres, clocks[each.pk].due)


def _copies(ids: list[int]) -> dict[int, dict[str, Any]]:
    """Return the `COPY_FIELDS` of each submission's last revision. One query."""
    revisions = Revision.objects.filter(submission__in=ids)
    last = revisions.order_by("submission", "-number").distinct("submission")
    copies = last.values_list("submission", *(f"copy__{name}" for name in COPY_FIELDS))
    return {pk: dict(zip(COPY_FIELDS, values, strict=True)) for pk, *values in copies}
