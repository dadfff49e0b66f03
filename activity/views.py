"""Pages of the record: a person's own security history, a label's for its owners, and all of it for staff."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from activity import log, record
from activity.choices import Area
from activity.models import NEWEST_FIRST, Activity
from activity.record import RecordFilter
from activity.sentences import lines_of
from kit import pages
from kit.clock import now
from labels.access import Desk, desk_of
from labels.choices import Role


@require_safe
def own_record(request: SignedInRequest) -> HttpResponse:
    """Show a person what happened to their account."""
    page = pages.page(record.of_person(request.user), request.GET, order=NEWEST_FIRST)
    return render(request, "activity/own.html", {"page": page, "lines": lines_of(page)})


@require_safe
def label_record(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show owners what was done to their label's team and settings, and what was downloaded."""
    desk = _owner_desk(request, slug)
    rows = record.of_label(desk.label)
    context = {"desk": desk, "label": desk.label, "is_manager": True}
    return _listed(request, rows, record.OF_LABELS, "activity/label.html", context)


@require_safe
def label_record_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Send the same as a file."""
    desk = _owner_desk(request, slug)
    rows = _form(request, record.OF_LABELS).narrow(record.of_label(desk.label))
    log.write(Activity.Kind.EXPORTED, label=desk.label, actor=request.user, what="the record as CSV")
    return _file(rows, f"{desk.label.slug}-record")


@require_safe
def whole_record(request: HttpRequest) -> HttpResponse:
    """Show staff the whole record."""
    _require_staff(request)
    context = {**admin.site.each_context(request), "title": "Record"}
    return _listed(request, record.of_everything(), Area, "admin/record.html", context)


@require_safe
def whole_record_csv(request: SignedInRequest) -> HttpResponseBase:
    """Send the same as a file."""
    _require_staff(request)
    rows = _form(request, Area).narrow(record.of_everything())
    log.write(Activity.Kind.EXPORTED, actor=request.user, what="the whole record as CSV")
    return _file(rows, "record")


def _owner_desk(request: SignedInRequest, slug: str) -> Desk:
    desk = desk_of(request.user, slug)
    if not desk.at_least(Role.OWNER):
        raise PermissionDenied
    return desk


def _require_staff(request: HttpRequest) -> None:
    if not request.user.has_perm("activity.view_activity"):
        raise PermissionDenied


def _form(request: HttpRequest, areas: Iterable[Area]) -> RecordFilter:
    return RecordFilter(request.GET, areas=areas)


def _listed(
    request: HttpRequest,
    rows: QuerySet[Activity],
    areas: Iterable[Area],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    form = _form(request, areas)
    page = pages.page(form.narrow(rows), request.GET, order=NEWEST_FIRST)
    kept = request.GET.copy()
    for name in ("after", "before"):
        kept.pop(name, None)
    values = {"page": page, "lines": lines_of(page), "form": form, "asked": kept.urlencode(), **context}
    return render(request, template, values, status=422 if form.errors else 200)


def _file(rows: QuerySet[Activity], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(record.as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{now():%Y-%m-%d}.csv"'
    return response
