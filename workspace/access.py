"""Who is at the desk for its set-up, and what all its pages say."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.requests import SignedInRequest
from activity import log as team_log
from activity.models import Activity
from labels.access import Desk, desk_of
from labels.intakes.rule_words import STANDING
from labels.models import Intake
from labels.permissions import can_edit, can_manage

READ_ONLY = "This label is suspended or closed: its desk can only be read."


def managed(request: SignedInRequest, slug: str) -> Desk:
    """Return the desk for one of its managers; 404 for who is no member, 403 for the others."""
    desk = desk_of(request.user, slug)
    if not can_manage(desk.role):
        raise PermissionDenied
    return desk


def opened(request: SignedInRequest, slug: str) -> Desk:
    """Return the desk: every member may read, managers alone write."""
    return managed(request, slug) if request.method == "POST" else desk_of(request.user, slug)


def intake_at(desk: Desk, code: str) -> Intake:
    """Return an intake of the desk's label, or raise 404."""
    rows = Intake.objects.select_related("label").prefetch_related("genres")
    return get_object_or_404(rows, label=desk.label, code=code)


def may_write(desk: Desk) -> bool:
    return can_edit(desk.label, desk.role)


def common(desk: Desk) -> dict[str, Any]:
    """Return what every page of the set-up says."""
    return {
        "desk": desk,
        "label": desk.label,
        "is_manager": can_manage(desk.role),
        "may_write": may_write(desk),
        "standing": STANDING.get(desk.label.status, ""),  # type: ignore[call-overload]  # a Status’s value
    }


def log(request: SignedInRequest, kind: Activity.Kind, intake: Intake, **details: Any) -> None:
    """Write into the team's log what this person did about an intake, in the transaction of it."""
    team_log.write(kind, label=intake.label, actor=request.user, intake=intake.title, **details)
