"""Bulk actions that were ordered: how far they are, and what became of each submission."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from desk.bulk import report, runner
from desk.models import Bulk
from kit import pages
from kit.htmx import answer, see_other
from labels.access import Desk, desk_of
from submissions.errors import NotAllowed, NotPossible

PARTIALS = {"bulk": "desk/bulk/_bulk.html"}
LAST_FIRST = ("-id",)
ROWS = 20


@require_safe
def bulk_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's bulk actions, the last first."""
    desk = desk_of(request.user, slug)
    page = pages.page(
        Bulk.objects.for_desk(request.user, desk.label), request.GET, order=LAST_FIRST, size=ROWS
    )
    context = {"label": desk.label, "page": page, "rows": report.rows_of(page.items, request.user)}
    return render(request, "desk/bulk/list.html", context)


@require_safe
def bulk_detail(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show how far it is; once it has ended, what became of each. The page asks every second until then."""
    desk = desk_of(request.user, slug)
    bulk = _bulk(request, desk, code)
    (row,) = report.rows_of([bulk], request.user)
    context = {
        "label": desk.label,
        "row": row,
        "said": report.said_of(bulk),
        "may_cancel": not bulk.cancelled_at and runner.may_cancel(bulk, request.user, desk.role),
    }
    if bulk.ended_at:
        context |= report.report_of(row, request.user, request.GET)
    return answer(request, "desk/bulk/bulk.html", context, partials=PARTIALS)


@require_POST
def bulk_cancel(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Leave alone what still waits; for who ordered it, and managers."""
    desk = desk_of(request.user, slug)
    bulk = _bulk(request, desk, code)
    try:
        runner.cancel(bulk, user=request.user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    return see_other("desk:bulk", slug=slug, code=bulk.code)


def _bulk(request: SignedInRequest, desk: Desk, code: str) -> Bulk:
    rows = Bulk.objects.for_desk(request.user, desk.label).select_related(
        "label", "ordered_by", "cancelled_by"
    )
    return get_object_or_404(rows, code=code)
