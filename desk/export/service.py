"""Exports of the queue, streamed in chunks so that memory stays small."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from desk.export.export_table import Column, ExportRow, Value
from desk.queue import annotations
from desk.review.deadline_words import deadlines_of
from desk.review.last_decision import last_decisions
from kit.spreadsheet import csv_lines
from labels.models import Label
from submissions.choices import Transition
from submissions.models import Event, Revision, Submission
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.wording import genre_names

CHUNK = 500


def export_rows(rows: SubmissionQuerySet, label: Label) -> Iterator[ExportRow]:
    """Yield rows with the data of their columns. One query, and a few for each chunk."""
    people = ("intake", "team_assignee", "opened_by")
    found = annotations.with_tags(rows).select_related(*people).defer("team_search")
    submissions = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(submissions, CHUNK)):
        yield from _export_rows(chunk, label)


def as_csv(rows: Iterator[ExportRow], columns: list[Column], *, separator: str = ",") -> Iterator[str]:
    """Yield an export as CSV (RFC 4180), in UTF-8 with a byte order mark for spreadsheets.

    With semicolons, as European spreadsheets want them, numbers have a decimal comma.
    """
    point = "," if separator == ";" else "."
    lines = ([cell(column.value(row), point) for column in columns] for row in rows)
    return csv_lines([column.name for column in columns], lines, separator=separator)


def as_json(rows: Iterator[ExportRow], columns: list[Column]) -> Iterator[str]:
    """Yield an export as a JSON array of objects; one that breaks off stays unclosed."""
    between = "[\n"
    for row in rows:
        values = {column.name: _json_value(column.value(row)) for column in columns}
        yield between + json.dumps(values, ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def cell(value: Value, point: str = ".") -> str | int:
    """Return a value as a spreadsheet cell: a list in one line, its parts between semicolons."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return str(_json_value(value)).replace(".", point)
    if isinstance(value, list):
        return "; ".join(_part(each, point) for each in value)
    return "" if value is None else value if isinstance(value, str | int) else str(_json_value(value))


def _part(value: Value, point: str) -> str:
    """Return a part of a list: an answer with its question, a person with role and share, a name."""
    if not isinstance(value, dict):
        return str(cell(value, point))
    if "question" in value:
        return f"{value['question']}: {cell(value['answer'], point)}"
    share = f", {cell(value['split'], point)} %" if value["split"] else ""
    return f"{value['name']} ({value['role']}{share})"


def _json_value(value: Value) -> Any:
    """Return a value for JSON: times in UTC, decimals without trailing zeros, lists as lists."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return [_json_value(each) for each in value]
    return {name: _json_value(each) for name, each in value.items()} if isinstance(value, dict) else value


def _export_rows(chunk: list[Submission], label: Label) -> Iterator[ExportRow]:
    ids = [each.pk for each in chunk]
    clocks, decisions, offers, said = (
        deadlines_of(chunk, label),
        last_decisions(ids),
        _offers(ids),
        _said(ids),
    )
    genres = genre_names(slug for each in chunk for slug in (each.genre, each.subgenre))
    for each in chunk:
        copied, answers = said[each.pk]
        yield ExportRow(
            each, copied, answers, decisions.get(each.pk), offers.get(each.pk), genres, clocks[each.pk].due
        )


def _offers(ids: list[int]) -> Mapping[int, Event]:
    """Return the event of each submission's last offer by the label. One query."""
    by_label = (Transition.ACCEPT, Transition.REVISE_OFFER)
    offers = Event.objects.filter(submission__in=ids, transition__in=by_label)
    last = offers.order_by("submission", "-sequence").distinct("submission")
    return {event.submission_id: event for event in last}


def _said(ids: list[int]) -> dict[int, tuple[dict[str, Any], list[Any]]]:
    """Return the copy and the answers of each submission's last revision. One query."""
    revisions = Revision.objects.filter(submission__in=ids)
    last = revisions.order_by("submission", "-number").distinct("submission")
    return {
        pk: (copied, answers) for pk, copied, answers in last.values_list("submission", "copy", "answers")
    }
