"""Series of a label: the list, and one with its parts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.forms import save_unless_taken
from kit.htmx import see_other
from labels.access import Desk, desk_of, read_only_because
from labels.choices import Role
from releases.badges import cards_of
from releases.choices import State
from releases.desk_context import page_context, today_at
from releases.models import Release, Series
from releases.series_page.forms import TAKEN, SeriesForm
from releases.service import settings_of
from steps.progress import Progress

MOST = 200
Kind = Activity.Kind


@require_http_methods(["GET", "HEAD", "POST"])
def series_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's series; managers begin one."""
    desk = _desk(request, slug)
    form = SeriesForm(request.POST if request.method == "POST" else None, instance=Series(label=desk.label))
    status = 200
    if request.method == "POST":
        status, saved = _save(request, desk, form)
        if saved:
            messages.success(request, f"“{saved}” is saved.")
            return see_other("releases:series", slug, saved.code)
    counted = Count("releases", filter=~Q(releases__state=State.CANCELLED))
    rows = Series.objects.of(desk.label).annotate(many=counted)[:MOST]
    page = {**page_context(desk), "here": "series", "rows": rows, "form": form}
    return render(request, "releases/series_page/list.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def series_detail(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show a series with its parts and their progress; managers change it."""
    desk = _desk(request, slug)
    series = get_object_or_404(Series, label=desk.label, code=code)
    form = SeriesForm(request.POST if request.method == "POST" else None, instance=series)
    status = 200
    if request.method == "POST":
        status, saved = _save(request, desk, form)
        if saved:
            messages.success(request, f"“{saved}” is saved.")
            return see_other("releases:series", slug, saved.code)
    return render(request, "releases/series_page/series.html", _page(desk, code, form), status=status)


def _desk(request: SignedInRequest, slug: str) -> Desk:
    """Every member may read, managers may post."""
    desk = desk_of(request.user, slug)
    if request.method == "POST" and not desk.at_least(Role.MANAGER):
        raise PermissionDenied
    return desk


def _save(request: SignedInRequest, desk: Desk, form: SeriesForm) -> tuple[int, Series | None]:
    """Return the status, and the series if it was saved."""
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return 409, None
    if not form.is_valid():
        return 422, None
    kind = Kind.SERIES_CHANGED if form.instance.pk else Kind.SERIES_MADE
    with transaction.atomic():
        saved = save_unless_taken(form, "name", TAKEN)
        if saved and form.changed_data:
            log.write(kind, label=desk.label, actor=request.user, series=saved.name)
    return (303, saved) if saved else (422, None)


def _page(desk: Desk, code: str, form: SeriesForm) -> dict[str, Any]:
    series = Series.objects.get(label=desk.label, code=code)
    rows = Release.objects.filter(series=series).exclude(state=State.CANCELLED).select_related("label")
    releases = list(rows.order_by("part", "release_on", "id")[:MOST])
    today = today_at(desk.label)
    taken = {release.part for release in releases}
    progress = sum((release.progress for release in releases), Progress())
    return {
        **page_context(desk),
        "here": "series",
        "series": series,
        "form": form,
        "cards": cards_of(releases, lead_days=settings_of(desk.label).lead_days, today=today),
        "percent": progress.percent,
        "lacking": [number for number in range(1, (series.parts or 0) + 1) if number not in taken],
    }
