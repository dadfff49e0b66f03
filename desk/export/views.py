"""Downloads of a query's submissions as CSV or JSON, and the page that asks for columns and format."""

from collections.abc import Callable, Iterator
from functools import partial

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import record
from accounts.requests import SignedInRequest
from desk.export import service as export
from desk.export.export_table import OF_THE_TEAM, USUAL, Column, ExportRow, columns_named
from desk.export.forms import ExportForm, form_of, remember
from desk.queue.views import invalid_request
from desk.scores.visibility import with_score_visibility
from desk.search.parser import parse
from desk.search.rows import filter_rows, order_of, search
from kit.clock import now
from kit.counts import capped_counts, display_count
from kit.query.text import QueryError
from labels.access import desk_of
from submissions.models import Submission

Write = Callable[[Iterator[ExportRow], list[Column]], Iterator[str]]


@require_http_methods(["GET", "HEAD", "POST"])
def submission_export(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the columns and the format of what `q` finds; keep the choice and lead to the file."""
    label, text = desk_of(request.user, slug).label, request.GET.get("q", "")
    try:
        query = parse(text)
    except QueryError as error:
        return invalid_request(request, label, error.messages)
    is_sent = request.method == "POST"
    form = (
        ExportForm(request.POST) if is_sent else form_of(request.user, label, request.GET.get("preset", ""))
    )
    if is_sent and form.is_valid():
        remember(form, request.user, label)
        response = redirect(reverse(f"desk:{form.file}", args=[label.slug]) + form.query(query.text))
        response.status_code = 303
        return response
    (found,) = capped_counts([search(query.text, request.user, label)])
    context = {"label": label, "form": form, "query": query, "found": found, "shown": display_count(found)}
    return render(request, "desk/export/export.html", context, status=422 if is_sent else 200)


@require_safe
def submission_export_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Stream what `q` finds as CSV, with the named `columns`; `separator` may be “semicolon”."""
    separator = ";" if request.GET.get("separator") == "semicolon" else ","
    write = partial(export.as_csv, separator=separator)
    return _export(request, slug, write, "csv", "text/csv; charset=utf-8")


@require_safe
def submission_export_json(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Stream the same as a JSON array."""
    return _export(request, slug, export.as_json, "json", "application/json")


def _export(
    request: SignedInRequest, slug: str, write: Write, suffix: str, content_type: str
) -> HttpResponseBase:
    label = desk_of(request.user, slug).label
    names = request.GET["columns"].split(",") if request.GET.get("columns") else USUAL
    try:
        query, chosen = parse(request.GET.get("q", "")), columns_named(names)
    except QueryError as error:
        return invalid_request(request, label, error.messages)
    except KeyError as unknown:
        return invalid_request(request, label, [f"There is no column {unknown}. Choose the columns again."])
    everything = Submission.objects.at_desk(request.user, label)
    rows = filter_rows(everything, query, request.user, label).order_by(*order_of(query))
    if any(column.name in OF_THE_TEAM for column in chosen):
        rows = with_score_visibility(rows, request.user)
    record.tell("exported", actor=request.user, label_id=label.pk, what=f"demos as {suffix.upper()}")
    response = StreamingHttpResponse(
        write(export.export_rows(rows, label), chosen), content_type=content_type
    )
    name = f"{label.slug}-submissions-{now().astimezone(label.zone):%Y-%m-%d}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
