"""Access to a label's set-up pages, and the context they share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.requests import SignedInRequest
from activity import log as team_log
from activity.models import Activity
from labels.access import Desk, can_edit, can_manage, desk_of
from labels.choices import Role
from labels.intakes.rule_words import STANDING
from labels.models import Intake, Label, Membership


def manager_desk(request: SignedInRequest, slug: str) -> Desk:
    """Return the desk for a manager; 404 for people outside the team, 403 for other members."""
    desk = desk_of(request.user, slug)
    if not can_manage(desk.role):
        raise PermissionDenied
    return desk


def desk_for_request(request: SignedInRequest, slug: str) -> Desk:
    """Return the desk: every member may read, only managers may POST."""
    return manager_desk(request, slug) if request.method == "POST" else desk_of(request.user, slug)


def intake_at(desk: Desk, code: str) -> Intake:
    """Return an intake of the desk's label, or raise 404."""
    rows = Intake.objects.select_related("label").prefetch_related("genres")
    return get_object_or_404(rows, label=desk.label, code=code)


def managers_of(label: Label) -> list[User]:
    """Return a label's active owners and managers."""
    managers = Membership.objects.active().at_least(Role.MANAGER).filter(label=label)
    return [member.user for member in managers.select_related("user").order_by("pk")]


def may_write(desk: Desk) -> bool:
    return can_edit(desk.label, desk.role)


def common_context(desk: Desk) -> dict[str, Any]:
    """Return the context that all set-up pages share."""
    return {
        "desk": desk,
        "label": desk.label,
        "is_manager": can_manage(desk.role),
        "may_write": may_write(desk),
        "standing": STANDING.get(desk.label.status, ""),  # type: ignore[call-overload]  # a Status’s value
    }


def log_intake(request: SignedInRequest, kind: Activity.Kind, intake: Intake, **details: Any) -> None:
    """Log an act on an intake; call it in the same transaction."""
    team_log.write(kind, label=intake.label, actor=request.user, intake=intake.title, **details)
