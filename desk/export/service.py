"""Exports of the queue, made while they are read: as many rows as there are, never many at once in memory."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from desk.export.export_table import Column, Exported, Value
from desk.queue import listing
from desk.review.deadline_words import deadlines_of
from desk.review.last_decision import last_decisions
from kit.spreadsheet import csv_lines, escape_formula
from labels.models import Label
from submissions.models import Revision, Submission
from submissions.models.queries import SubmissionQuerySet
from submissions.wording import genre_names

CHUNK = 500
COPIED = ("duration", "audio_url", "backup_url")


def exported(rows: SubmissionQuerySet, label: Label) -> Iterator[Exported]:
    """Yield rows, in their order, with what an export needs. One query, and for each chunk a few more."""
    found = listing.with_tags(rows).select_related("intake", "team_assignee").defer("team_search")
    walk = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(walk, CHUNK)):
        yield from _filled(chunk, label)


def as_csv(rows: Iterator[Exported], columns: list[Column]) -> Iterator[str]:
    """Yield an export as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know that."""
    head = [column.name for column in columns]
    return csv_lines(head, ([cell(column.value(row)) for column in columns] for row in rows))


def as_json(rows: Iterator[Exported], columns: list[Column]) -> Iterator[str]:
    """Yield an export as an array of objects; a break in the middle leaves it unclosed."""
    between = "[\n"
    for row in rows:
        said = {column.name: _plain(column.value(row)) for column in columns}
        yield between + json.dumps(said, ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def cell(value: Value) -> str:
    """Return a value for a spreadsheet: text that it would take for a formula gets an apostrophe in front.

    Numbers and times are ours, and none of them begins like a formula.
    """
    if isinstance(value, str):
        return escape_formula(value)
    return "" if value is None else str(_plain(value))


def _plain(value: Value) -> str | int | float | None:
    """Return a value as JSON has it: times in UTC, a tempo without needless digits."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _filled(chunk: list[Submission], label: Label) -> Iterator[Exported]:
    numbers = [each.pk for each in chunk]
    clocks, decisions, copies = deadlines_of(chunk, label), last_decisions(numbers), _copies(numbers)
    genres = genre_names(slug for each in chunk for slug in (each.genre, each.subgenre))
    for each in chunk:
        yield Exported(each, copies[each.pk], decisions.get(each.pk), genres, clocks[each.pk].due)


def _copies(numbers: list[int]) -> dict[int, dict[str, Any]]:
    """Return of each submission's last revision what no column holds, nothing else. One query."""
    revisions = Revision.objects.filter(submission__in=numbers)
    last = revisions.order_by("submission", "-number").distinct("submission")
    said = last.values_list("submission", *(f"copy__{name}" for name in COPIED))
    return {number: dict(zip(COPIED, values, strict=True)) for number, *values in said}
