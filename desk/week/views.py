"""The week at the desk, and reassigning from it."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from desk.assignment.service import assign, assign_and_notify, notify_of_share
from desk.week.forms import WeekAssignForm
from desk.week.page import monday_of, page_of
from kit.htmx import see_other
from kit.routes import url_for
from labels.access import Desk, desk_of, read_only_because
from labels.choices import Role
from submissions.errors import NotPossible
from submissions.models import Submission


@require_safe
def week_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what is due in a week: this one, or the one that begins with the Monday `from`."""
    return _page(request, desk_of(request.user, slug), request.GET)


@require_POST
def week_assign(request: SignedInRequest, slug: str) -> HttpResponse:
    """Assign the selected demos to one member, or to nobody; for reviewers and up.

    A bulk action (`act`) instead leads to its own page, with the selection.
    """
    desk = desk_of(request.user, slug)
    if not desk.at_least(Role.REVIEWER):
        raise PermissionDenied
    if act := request.POST.get("act"):
        query = urlencode({"act": act, "pick": request.POST.getlist("pick")}, doseq=True)
        return see_other(f"{url_for('desk:bulk-new', slug)}?{query}")
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return _page(request, desk, request.POST, status=409)
    form = WeekAssignForm(request.POST, label=desk.label)
    if not form.is_valid():
        sentences = [sentence for errors in form.errors.values() for sentence in errors]
        messages.error(request, " ".join(map(str, sentences)))
        return _page(request, desk, request.POST, status=422)
    if refused := _assign_all(request, desk, form.cleaned_data):
        messages.error(request, " ".join(refused))
        return _page(request, desk, request.POST, status=409)
    monday = monday_of(request.POST.get("from", ""), desk.label)
    return see_other(f"{url_for('desk:week', slug)}?from={monday}")


def _assign_all(request: SignedInRequest, desk: Desk, chosen: dict[str, Any]) -> list[str]:
    """Assign each, say how many that were, and return why the others were not."""
    rows = Submission.objects.at_desk(request.user, desk.label)
    found = list(rows.filter(reference__in=chosen["references"]).order_by("submitted_at", "pk"))
    act = assign_and_notify if len(found) == 1 else assign
    assignee: User | None = chosen["assignee"]
    changed, refused = 0, []
    for submission in found:
        submission.label = desk.label
        try:
            changed += act(submission, assignee, actor=request.user)
        except NotPossible as refusal:
            refused.append(str(refusal))
    if assignee and len(found) > 1:
        notify_of_share(assignee, changed, label=desk.label, actor=request.user, key=f"week-{uuid4()}")
    if changed:
        demos = "1 demo" if changed == 1 else f"{changed} demos"
        messages.success(request, f"Assigned {demos} to {assignee}." if assignee else f"Unassigned {demos}.")
    return list(dict.fromkeys(refused))


def _page(request: SignedInRequest, desk: Desk, data: QueryDict, *, status: int = 200) -> HttpResponse:
    context = page_of(desk, request.user, monday_of(data.get("from", ""), desk.label))
    return render(request, "desk/week/week.html", context, status=status)
