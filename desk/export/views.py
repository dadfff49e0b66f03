"""Downloads of a query's submissions as CSV or JSON."""

from collections.abc import Callable, Iterator

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from desk.export import service as export
from desk.export.export_table import Column, ExportRow, columns
from desk.queue.views import invalid_request
from desk.scores.visibility import with_score_visibility
from desk.search.parser import QueryError, parse
from desk.search.rows import filter_rows, order_of
from kit.clock import now
from labels.access import desk_of
from submissions.models import Submission

Format = Callable[[Iterator[ExportRow], list[Column]], Iterator[str]]


@require_safe
def submission_export_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Stream what `q` finds as CSV; with `internal` the team's own columns too."""
    return _export(request, slug, export.as_csv, "csv", "text/csv; charset=utf-8")


@require_safe
def submission_export_json(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Stream the same as a JSON array."""
    return _export(request, slug, export.as_json, "json", "application/json")


def _export(
    request: SignedInRequest, slug: str, write: Format, suffix: str, content_type: str
) -> HttpResponseBase:
    label = desk_of(request.user, slug).label
    try:
        query = parse(request.GET.get("q", ""))
    except QueryError as error:
        return invalid_request(request, label, error.messages)
    everything = Submission.objects.at_desk(request.user, label)
    rows = filter_rows(everything, query, request.user, label).order_by(*order_of(query))
    if is_internal := "internal" in request.GET:
        rows = with_score_visibility(rows, request.user)
    chosen = columns(internal=is_internal)
    response = StreamingHttpResponse(
        write(export.export_rows(rows, label), chosen), content_type=content_type
    )
    name = f"{label.slug}-submissions-{now().astimezone(label.zone):%Y-%m-%d}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
