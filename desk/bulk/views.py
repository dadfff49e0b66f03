"""Bulk actions that were ordered: how far they are, and what became of each submission."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from activity.choices import BulkAct
from desk.bulk import orders, report, runner
from desk.bulk.action_table import ACTS, orderable
from desk.bulk.forms import FORMS, BulkForm
from desk.bulk.orders import TooManyError
from desk.bulk.preview import PASSING, Preview, preview_of
from desk.bulk.request import Ask, AskError, ask_of
from desk.models import Bulk
from desk.queue.views import not_understood
from kit import pages
from kit.htmx import answer, see_other
from labels.access import Desk, desk_of
from labels.choices import Outcome
from labels.models import ReplyTemplate
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


CHANGED = "What you selected has changed meanwhile. Look at the numbers again before you order it."


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what a bulk action would do to how many, or order it."""
    desk = desk_of(request.user, slug)
    if request.method == "POST" and (first := _ordered_before(request, desk)):
        return _to(first)
    try:
        ask = ask_of(request.GET, request.user, desk)
        _refuse_unless_may(ask)
        preview = preview_of(ask.act, ask.rows)
    except (AskError, TooManyError) as refusal:
        return not_understood(request, desk.label, [str(refusal)])
    template = _template(ask)
    if request.method != "POST":
        initial = _initial_of(template)
        form = FORMS[ask.act](label=desk.label, preview=preview, initial=initial)
        return _page(request, ask, preview, form, template=template)
    return _order(request, ask, preview, FORMS[ask.act](request.POST, label=desk.label, preview=preview))


def _order(request: SignedInRequest, ask: Ask, preview: Preview, form: BulkForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, ask, preview, form, status=422)
    if form.cleaned_data["seen"] != preview.seen:
        return _page(request, ask, preview, form.renewed(), status=409, sentence=CHANGED)
    said: dict[str, Any] = {"label": ask.desk.label, "user": request.user, "key": form.cleaned_data["key"]}
    try:
        bulk = orders.order(ask.act, ask.rows, details=form.details(), **said)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except NotPossible as refusal:
        return _page(request, ask, preview, form.renewed(), status=409, sentence=str(refusal))
    return _to(bulk)


def _page(
    request: SignedInRequest,
    ask: Ask,
    preview: Preview,
    form: BulkForm,
    *,
    status: int = 200,
    sentence: str = "",
    template: ReplyTemplate | None = None,
) -> HttpResponse:
    label, closed = ask.desk.label, orders.closed_because(ask.act, ask.desk.label)
    acts = [
        (ACTS[act], ask.url_with(act=act), act == ask.act) for act in orderable(ask.desk.role) if act in FORMS
    ]
    templates = ReplyTemplate.objects.of(label, Outcome.REJECT) if ask.act in PASSING else ()
    context = {
        "label": label,
        "ask": ask,
        "acts": acts,
        "preview": preview,
        "form": form,
        "told": ask.words.told.format(label=label),
        "templates": [(each, ask.url_with(template=str(each.pk)), each == template) for each in templates],
        "sentence": sentence or closed,
        "is_possible": preview.doable and not closed,
        "is_decision": ask.act in (BulkAct.SHORTLIST, BulkAct.REJECT),
        "q": request.GET.get("q"),
    }
    return render(request, "desk/bulk/new.html", context, status=status)


def _refuse_unless_may(ask: Ask) -> None:
    if not ask.desk.at_least(ask.words.least):
        raise PermissionDenied


def _template(ask: Ask) -> ReplyTemplate | None:
    number = ask.data.get("template", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    if ask.act not in PASSING or not is_number:
        return None
    return ReplyTemplate.objects.of(ask.desk.label, Outcome.REJECT).filter(pk=number).first()


def _initial_of(template: ReplyTemplate | None) -> dict[str, str]:
    if template is None:
        return {}
    said = {"note": template.text, "reason": template.reason, "welcome": template.welcome}
    return {name: value for name, value in said.items() if value}


def _ordered_before(request: SignedInRequest, desk: Desk) -> Bulk | None:
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return orders.ordered_before(key, label=desk.label, user=request.user)


def _to(bulk: Bulk) -> HttpResponse:
    return see_other("desk:bulk", slug=bulk.label.slug, code=bulk.code)
