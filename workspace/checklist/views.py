"""The set-up checklist."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from labels.choices import Status
from labels.intakes.rule_words import STANDING
from workspace.access import manager_desk
from workspace.checklist.page import checklist_of, facts_of


@require_safe
def setup(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show which steps are done, which is next, and which are optional."""
    desk = manager_desk(request, slug)
    status = Status(desk.label.status)
    context = {
        "label": desk.label,
        "is_manager": True,
        "checklist": checklist_of(facts_of(desk.label, request.user)),
        "suspension": desk.label.current_suspension(),
        "support": settings.SUPPORT_EMAIL,
        "standing": "" if status == Status.UNVERIFIED else STANDING.get(status, ""),
    }
    return render(request, "workspace/checklist/checklist.html", context)
