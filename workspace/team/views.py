"""A label's team: who is in it, who is invited, and what may be changed about either."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from labels.access import Desk, desk_of
from labels.choices import Role
from labels.models import Invitation, Membership
from labels.permissions import can_manage, can_staff
from workspace.team import service as team_service
from workspace.team.forms import InviteForm, RoleForm
from workspace.team.page import team_page_of

TEAM = "workspace/team/team.html"


@require_safe
def team_show(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the team to all of it, and invitations to managers."""
    desk = desk_of(request.user, slug)
    return render(request, TEAM, team_page_of(desk, user=request.user))


@require_POST
def invitation_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite somebody by mail."""
    desk = _managed(request, slug)
    form = InviteForm(request.POST, role=desk.role)
    if not form.is_valid():
        return _page(request, desk, 422, form)
    try:
        invitation = team_service.invite(desk.label, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, desk, 422 if form.has_error("email") else 409, form)
    messages.success(request, f"The invitation to {invitation.email} is on its way.")
    return see_other("workspace:team", slug=slug)


@require_POST
def invitation_resend(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Send an invitation again, with a new link."""
    desk, invitation = _invitation(request, slug, code)
    said = f"Sent again to {invitation.email}. The link in the mail before works no more."
    return _done(request, desk, said, team_service.resend, invitation, by=request.user)


@require_POST
def invitation_revoke(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Take an invitation back."""
    desk, invitation = _invitation(request, slug, code)
    said = f"The invitation to {invitation.email} is revoked."
    return _done(request, desk, said, team_service.revoke, invitation, by=request.user)


@require_POST
def member_role(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    desk, membership = _member(request, slug, pk)
    form = RoleForm(request.POST, role=desk.role)
    if not form.is_valid():
        messages.error(request, "Choose one of the roles that you may give.")
        return _page(request, desk, 422)
    role = form.cleaned_data["role"]
    said = f"{membership.user} is {role.label} now."
    return _done(request, desk, said, team_service.change_role, membership, role, by=request.user)


@require_POST
def member_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take somebody out of the team; who means themselves is led to the page for leaving."""
    desk, membership = _member(request, slug, pk)
    if membership.user == request.user:
        return see_other("workspace:leave", slug=slug)
    said = f"{membership.user} is out of the team. Their name stays beside what they did."
    return _done(request, desk, said, team_service.remove, membership, by=request.user)


def _managed(request: SignedInRequest, slug: str) -> Desk:
    desk = desk_of(request.user, slug)
    if not can_manage(desk.role):
        raise PermissionDenied
    return desk


def _invitation(request: SignedInRequest, slug: str, code: str) -> tuple[Desk, Invitation]:
    desk = _managed(request, slug)
    return desk, get_object_or_404(Invitation.objects.filter(label=desk.label), code=code)


def _member(request: SignedInRequest, slug: str, pk: int) -> tuple[Desk, Membership]:
    desk = desk_of(request.user, slug)
    team = Membership.objects.active().filter(label=desk.label).select_related("user", "label")
    membership = get_object_or_404(team, pk=pk)
    if not can_staff(desk.role, Role(membership.role)):
        raise PermissionDenied
    return desk, membership


def _done(
    request: SignedInRequest, desk: Desk, said: str, act: Callable[..., Any], *what: Any, **how: Any
) -> HttpResponse:
    """Do it and go back to the team; 409 with a sentence where that cannot be."""
    try:
        act(*what, **how)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _page(request, desk_of(request.user, desk.label.slug), 409)
    messages.success(request, said)
    return see_other("workspace:team", slug=desk.label.slug)


def _page(request: SignedInRequest, desk: Desk, status: int, form: InviteForm | None = None) -> HttpResponse:
    return render(request, TEAM, team_page_of(desk, user=request.user, form=form), status=status)
