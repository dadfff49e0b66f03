"""The outbox: a label's prepared decisions, and sending or scheduling several."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from desk.models import Proposal
from desk.outbox import changes
from desk.outbox.due_warnings import warning_words
from desk.outbox.forms import SendTimeForm
from desk.outbox.page import ProposalRow, rows_of
from desk.outbox.selection import Selection, key_of, order_sends, query_of, selection_of
from kit import pages
from kit.htmx import see_other
from labels.access import Desk, desk_of
from labels.choices import Role
from labels.permissions import read_only_because
from submissions.errors import NotAllowed, WorkflowError

OLDEST_FIRST = ("prepared_at", "id")
ROWS = 50
MOST_BACK = 20


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
    desk = _managed_desk(request, slug)
    if request.method != "POST":
        chosen = selection_of(request.user, desk, request.GET)
        return _render_times(
            request, desk, chosen, SendTimeForm(label=desk.label), 200 if chosen.ready else 422
        )
    chosen = selection_of(request.user, desk, request.POST)
    form = SendTimeForm(request.POST, label=desk.label)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _render_times(request, desk, chosen, form, 409)
    if not chosen.ready or not form.is_valid():
        return _render_times(request, desk, chosen, form, 422)
    _set_times(request, desk, chosen, form)
    return see_other("desk:outbox", slug=desk.label.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_send_selected(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for confirmation, or order that the selection is sent."""
    desk = _managed_desk(request, slug)
    if request.method != "POST":
        chosen = selection_of(request.user, desk, request.GET)
        return _render_confirmation(request, desk, chosen, 200 if chosen.ready else 422)
    chosen, key = selection_of(request.user, desk, request.POST), key_of(request.POST)
    if not chosen.ready or key is None:
        return _render_confirmation(request, desk, chosen, 422)
    try:
        bulk = order_sends(chosen, label=desk.label, user=request.user, key=key)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except WorkflowError as refusal:
        messages.error(request, str(refusal))
        return _render_confirmation(request, desk, chosen, 409)
    return see_other("desk:bulk", slug=desk.label.slug, code=bulk.code)


def _render_confirmation(
    request: SignedInRequest, desk: Desk, chosen: Selection, status: int
) -> HttpResponse:
    context = {"desk": desk, "label": desk.label, "chosen": chosen, "key": uuid4()}
    return render(request, "desk/outbox/send.html", context, status=status)


def _sent_back(request: SignedInRequest, desk: Desk) -> list[ProposalRow]:
    proposals = Proposal.objects.sent_back_to(request.user).for_desk(request.user, desk.label)
    newest = proposals.with_people().with_submission().order_by("-settled_at", "-id")[:MOST_BACK]
    return rows_of(list(newest), request.user, desk)


def _managed_desk(request: SignedInRequest, slug: str) -> Desk:
    desk = desk_of(request.user, slug)
    if not desk.at_least(Role.MANAGER):
        raise PermissionDenied("Only a manager releases what waits in the outbox.")
    return desk


def _render_times(
    request: SignedInRequest, desk: Desk, chosen: Selection, form: SendTimeForm, status: int
) -> HttpResponse:
    context = {"desk": desk, "label": desk.label, "chosen": chosen, "form": form}
    return render(request, "desk/outbox/time.html", context, status=status)


def _set_times(request: SignedInRequest, desk: Desk, chosen: Selection, form: SendTimeForm) -> None:
    moment, count = form.cleaned_data["moment"], 0
    for row in chosen.ready:
        try:
            changes.set_time(
                row.proposal, user=request.user, moment=moment, fingerprint=row.proposal.fingerprint
            )
            count += 1
        except WorkflowError as refusal:
            messages.error(request, f"{row.submission.shown_title}: {refusal}")
    if count:
        what = "1 decision" if count == 1 else f"{count} decisions"
        messages.success(
            request, f"{what} will be released on {changes.local_time_words(moment, desk.label)}."
        )
