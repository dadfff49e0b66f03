"""Pages of bulk actions: past ones, one with its progress and results, and a new one."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from desk.bulk import orders, report, runner
from desk.bulk.action_table import ACTIONS, ANSWERS, order_refusal, orderable
from desk.bulk.forms import FORMS, BulkForm
from desk.bulk.orders import TooManyError
from desk.bulk.preview import REJECTING, Preview, preview_of
from desk.bulk.request import BulkRequest, BulkRequestError, read_bulk_request
from desk.models import Bulk
from desk.queue.views import invalid_request
from kit import pages
from kit.htmx import answer, see_other
from labels.access import Desk, desk_of
from labels.choices import ReplyPurpose
from labels.models import ReplyTemplate
from submissions.errors import NotAllowed, NotPossible

PARTIALS = {"bulk": "desk/bulk/_bulk.html"}
NEWEST_FIRST = ("-id",)
ROWS = 20


@require_safe
def bulk_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a label's bulk actions, newest first."""
    desk = desk_of(request.user, slug)
    page = pages.page(
        Bulk.objects.for_desk(request.user, desk.label), request.GET, order=NEWEST_FIRST, size=ROWS
    )
    context = {"label": desk.label, "page": page, "rows": report.rows_of(page.items, request.user)}
    return render(request, "desk/bulk/list.html", context)


@require_safe
def bulk_detail(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show its progress, polled every second; once it has ended, the results."""
    desk = desk_of(request.user, slug)
    bulk = _bulk(request, desk, code)
    (row,) = report.rows_of([bulk], request.user)
    context = {
        "label": desk.label,
        "row": row,
        "said": report.details_of(bulk),
        "may_cancel": not bulk.cancelled_at and runner.may_cancel(bulk, request.user, desk.role),
    }
    if bulk.ended_at:
        context |= report.report_of(row, request.user, request.GET)
    return answer(request, "desk/bulk/bulk.html", context, partials=PARTIALS)


@require_POST
def bulk_cancel(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Cancel it; for whoever ordered it, and managers."""
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


CHANGED = "What you selected has changed meanwhile. Check the numbers again before you start."


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the preview and the form of a bulk action, or order it."""
    desk = desk_of(request.user, slug)
    if request.method == "POST" and (first := _ordered_before(request, desk)):
        return _redirect_to(first)
    try:
        bulk_request = read_bulk_request(request.GET, request.user, desk)
        _refuse_unless_may(bulk_request)
        preview = preview_of(bulk_request.act, bulk_request.rows, desk)
    except (BulkRequestError, TooManyError) as refusal:
        return invalid_request(request, desk.label, [str(refusal)])
    template = _template(bulk_request)
    if request.method != "POST":
        initial = _initial_of(template)
        form = FORMS[bulk_request.act](label=desk.label, preview=preview, initial=initial)
        return _page(request, bulk_request, preview, form, template=template)
    form = FORMS[bulk_request.act](request.POST, label=desk.label, preview=preview)
    return _order(request, bulk_request, preview, form)


def _order(
    request: SignedInRequest, bulk_request: BulkRequest, preview: Preview, form: BulkForm
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, bulk_request, preview, form, status=422)
    if form.cleaned_data["seen"] != preview.seen:
        return _page(request, bulk_request, preview, form.renewed(), status=409, sentence=CHANGED)
    try:
        bulk = orders.order(
            bulk_request.act,
            bulk_request.rows,
            label=bulk_request.desk.label,
            user=request.user,
            key=form.cleaned_data["key"],
            details=form.details(),
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except NotPossible as refusal:
        return _page(request, bulk_request, preview, form.renewed(), status=409, sentence=str(refusal))
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return _page(request, bulk_request, preview, form, status=422)
    return _redirect_to(bulk)


def _page(
    request: SignedInRequest,
    bulk_request: BulkRequest,
    preview: Preview,
    form: BulkForm,
    *,
    status: int = 200,
    sentence: str = "",
    template: ReplyTemplate | None = None,
) -> HttpResponse:
    label, closed = bulk_request.desk.label, orders.closed_because(bulk_request.act, bulk_request.desk.label)
    acts = [
        (ACTIONS[act], bulk_request.url_with(act=act), act == bulk_request.act)
        for act in orderable(bulk_request.desk.role)
        if act in FORMS
    ]
    templates = ReplyTemplate.objects.of(label, ReplyPurpose.REJECT) if bulk_request.act in REJECTING else ()
    context = {
        "label": label,
        "bulk_request": bulk_request,
        "acts": acts,
        "preview": preview,
        "form": form,
        "told": bulk_request.words.told.format(label=label),
        "templates": [
            (each, bulk_request.url_with(template=str(each.pk)), each == template) for each in templates
        ],
        "sentence": sentence or closed,
        "is_possible": preview.doable and not closed,
        "is_decision": bulk_request.act in ANSWERS,
        "q": request.GET.get("q"),
    }
    return render(request, "desk/bulk/new.html", context, status=status)


def _refuse_unless_may(bulk_request: BulkRequest) -> None:
    if order_refusal(bulk_request.act, bulk_request.desk.role):
        raise PermissionDenied


def _template(bulk_request: BulkRequest) -> ReplyTemplate | None:
    template_id = bulk_request.data.get("template", "")
    is_number = template_id.isascii() and template_id.isdigit() and len(template_id) < 10
    if bulk_request.act not in REJECTING or not is_number:
        return None
    return (
        ReplyTemplate.objects.of(bulk_request.desk.label, ReplyPurpose.REJECT).filter(pk=template_id).first()
    )


def _initial_of(template: ReplyTemplate | None) -> dict[str, str]:
    if template is None:
        return {}
    values = {"note": template.text, "reason": template.reason, "welcome": template.welcome}
    return {name: value for name, value in values.items() if value}


def _ordered_before(request: SignedInRequest, desk: Desk) -> Bulk | None:
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return orders.ordered_before(key, label=desk.label, user=request.user)


def _redirect_to(bulk: Bulk) -> HttpResponse:
    return see_other("desk:bulk", slug=bulk.label.slug, code=bulk.code)
