"""The outbox: a label's prepared decisions, and sending or scheduling several."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from desk.context import manager_desk_of
from desk.models import Proposal
from desk.outbox import changes
from desk.outbox.due_warnings import warning_words
from desk.outbox.forms import SendTimeForm
from desk.outbox.page import ProposalRow, rows_of
from desk.outbox.selection import Selection, key_of, order_sends, query_of, selection_of
from kit import pages
from kit.htmx import see_other
from labels.access import Desk, desk_of, read_only_because
from submissions.errors import NotAllowed, WorkflowError

OLDEST_FIRST = ("prepared_at", "id")
ROWS = 50
MOST_BACK = 20
MANAGERS_ONLY = "Only a manager can send what waits in the outbox."


@require_safe
def proposal_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """List open proposals, oldest first, and those sent back; everyone at the desk may read it."""
    desk = desk_of(request.user, slug)
    prefetch_related_objects([desk.label], "suspensions")  # for the deadlines of both lists
    waiting = Proposal.objects.open().for_desk(request.user, desk.label).with_people().with_submission()
    page = pages.page(waiting, request.GET, order=OLDEST_FIRST, size=ROWS)
    rows = rows_of(page.items, request.user, desk)
    sendable = [row for row in rows if row.may_send]
    context = {
        "desk": desk,
        "label": desk.label,
        "page": page,
        "rows": rows,
        "back": [] if page.previous_url else _sent_back(request, desk),
        "late": warning_words(sum(row.proposal.warned_at is not None for row in rows)),
        "sendable": sendable,
        "all_picked": query_of(sendable),
    }
    return render(request, "desk/outbox/outbox.html", context)


@require_safe
def proposal_list_moved(request: SignedInRequest, slug: str) -> HttpResponse:
    """Redirect the former address to the outbox."""
    return redirect("desk:outbox", slug=desk_of(request.user, slug).label.slug, permanent=True)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_time(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the time at which the selection is sent, or set it."""
    desk = manager_desk_of(request.user, slug, MANAGERS_ONLY)
    if request.method != "POST":
        selection = selection_of(request.user, desk, request.GET)
        return _render_times(
            request, desk, selection, SendTimeForm(label=desk.label), 200 if selection.ready else 422
        )
    selection = selection_of(request.user, desk, request.POST)
    form = SendTimeForm(request.POST, label=desk.label)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _render_times(request, desk, selection, form, 409)
    if not selection.ready or not form.is_valid():
        return _render_times(request, desk, selection, form, 422)
    _set_times(request, desk, selection, form)
    return see_other("desk:outbox", slug=desk.label.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_send_selected(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for confirmation, or order that the selection is sent."""
    desk = manager_desk_of(request.user, slug, MANAGERS_ONLY)
    if request.method != "POST":
        selection = selection_of(request.user, desk, request.GET)
        return _render_confirmation(request, desk, selection, 200 if selection.ready else 422)
    selection, key = selection_of(request.user, desk, request.POST), key_of(request.POST)
    if not selection.ready or key is None:
        return _render_confirmation(request, desk, selection, 422)
    try:
        bulk = order_sends(selection, label=desk.label, user=request.user, key=key)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except WorkflowError as refusal:
        messages.error(request, str(refusal))
        return _render_confirmation(request, desk, selection, 409)
    return see_other("desk:bulk", slug=desk.label.slug, code=bulk.code)


def _render_confirmation(
    request: SignedInRequest, desk: Desk, selection: Selection, status: int
) -> HttpResponse:
    context = {"desk": desk, "label": desk.label, "selection": selection, "key": uuid4()}
    return render(request, "desk/outbox/send.html", context, status=status)


def _sent_back(request: SignedInRequest, desk: Desk) -> list[ProposalRow]:
    proposals = Proposal.objects.sent_back_to(request.user).for_desk(request.user, desk.label)
    newest = proposals.with_people().with_submission().order_by("-settled_at", "-id")[:MOST_BACK]
    return rows_of(list(newest), request.user, desk)


def _render_times(
    request: SignedInRequest, desk: Desk, selection: Selection, form: SendTimeForm, status: int
) -> HttpResponse:
    context = {"desk": desk, "label": desk.label, "selection": selection, "form": form}
    return render(request, "desk/outbox/time.html", context, status=status)


def _set_times(request: SignedInRequest, desk: Desk, selection: Selection, form: SendTimeForm) -> None:
    moment, count = form.cleaned_data["moment"], 0
    for row in selection.ready:
        try:
            changes.set_time(
                row.proposal, user=request.user, moment=moment, fingerprint=row.proposal.fingerprint
            )
            count += 1
        except WorkflowError as refusal:
            messages.error(request, f"{row.submission.shown_title}: {refusal}")
    if count:
        what = "1 decision" if count == 1 else f"{count} decisions"
        messages.success(request, f"{what} will be sent on {changes.local_time_words(moment, desk.label)}.")
