"""The checklist that leads a label to its first answered demo."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from labels.access import desk_of
from labels.choices import Status
from labels.intakes.rule_words import STANDING
from labels.permissions import can_manage
from workspace.checklist.page import checklist_of, facts_of


@require_safe
def setup(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what is done, what comes next, and what may wait."""
    desk = desk_of(request.user, slug)
    if not can_manage(desk.role):
        raise PermissionDenied
    status = Status(desk.label.status)
    context = {
        "label": desk.label,
        "checklist": checklist_of(facts_of(desk.label, request.user)),
        "standing": "" if status == Status.UNVERIFIED else STANDING.get(status, ""),
    }
    return render(request, "workspace/checklist/checklist.html", context)
