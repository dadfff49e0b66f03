"""A label's team: members, invitations, leaving and handing over."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.reauthentication import confirmed, require_confirmation
from accounts.requests import SignedInRequest
from kit.errors import NotPossible
from kit.htmx import see_other
from labels.access import Desk, can_staff, desk_of, membership_at, read_only_because
from labels.choices import Role
from labels.models import Invitation, Membership
from workspace.access import common_context, manager_desk
from workspace.team import service as team
from workspace.team.forms import HandOverForm, InviteForm, RoleForm
from workspace.team.invitation import Offer, offer_of
from workspace.team.page import a_role, team_page_of

TEAM = "workspace/team/team.html"


@require_safe
def team_show(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the team to every member, and invitations to managers."""
    desk = desk_of(request.user, slug)
    return render(request, TEAM, team_page_of(desk, user=request.user))


@require_POST
def invitation_create(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite somebody by mail."""
    desk = manager_desk(request, slug)
    form = InviteForm(request.POST, role=desk.role)
    if sentence := read_only_because(desk.label):
        return _conflict(request, desk, sentence)
    if not form.is_valid():
        return _page(request, desk, 422, form)
    if form.cleaned_data["role"] == Role.OWNER:
        require_confirmation(request)
    try:
        invitation = team.invite(desk.label, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, desk, 422 if form.has_error("email") else 409, form)
    except NotPossible as refusal:
        return _conflict(request, desk, str(refusal))
    messages.success(request, f"The invitation to {invitation.email} is on its way.")
    return see_other("workspace:team", slug=slug)


@require_POST
def invitation_resend(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Send an invitation again, with a new link."""
    desk, invitation = _invitation(request, slug, code)
    success = f"Sent again to {invitation.email}. The earlier link no longer works."
    return _apply(request, desk, success, team.resend, invitation, by=request.user)


@require_POST
def invitation_revoke(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Revoke an invitation."""
    desk, invitation = _invitation(request, slug, code)
    success = f"The invitation to {invitation.email} is revoked."
    return _apply(request, desk, success, team.revoke, invitation, by=request.user)


@require_POST
def member_role(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a member's role."""
    desk, membership = _member(request, slug, pk)
    form = RoleForm(request.POST, role=desk.role)
    if sentence := read_only_because(desk.label):
        return _conflict(request, desk, sentence)
    if not form.is_valid():
        messages.error(request, "Choose a role that you are allowed to give.")
        return _page(request, desk, 422)
    role = form.cleaned_data["role"]
    if Role.OWNER in (role, membership.role):
        require_confirmation(request)
    success = f"{membership.user} is now {a_role(role)}."
    return _apply(request, desk, success, team.change_role, membership, role, by=request.user)


@require_POST
def member_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Remove somebody from the team; removing oneself leads to the page for leaving."""
    desk, membership = _member(request, slug, pk)
    if membership.user == request.user:
        return see_other("workspace:leave", slug=slug)
    if membership.role == Role.OWNER:
        require_confirmation(request)
    success = f"{membership.user} was removed from the team. Their name stays beside what they did."
    return _apply(request, desk, success, team.remove, membership, by=request.user)


def _invitation(request: SignedInRequest, slug: str, code: str) -> tuple[Desk, Invitation]:
    desk = manager_desk(request, slug)
    return desk, get_object_or_404(Invitation.objects.filter(label=desk.label), code=code)


def _member(request: SignedInRequest, slug: str, pk: int) -> tuple[Desk, Membership]:
    desk = desk_of(request.user, slug)
    members = Membership.objects.active().filter(label=desk.label).select_related("user", "label")
    membership = get_object_or_404(members, pk=pk)
    if not can_staff(desk.role, Role(membership.role)):
        raise PermissionDenied
    return desk, membership


def _apply(
    request: SignedInRequest, desk: Desk, success: str, act: Callable[..., Any], *args: Any, **kwargs: Any
) -> HttpResponse:
    """Call `act` and go back to the team; 409 with its sentence if it refuses."""
    try:
        act(*args, **kwargs)
    except ValidationError as error:
        return _conflict(request, desk, " ".join(error.messages))
    except NotPossible as refusal:
        return _conflict(request, desk, str(refusal))
    messages.success(request, success)
    return see_other("workspace:team", slug=desk.label.slug)


def _conflict(request: SignedInRequest, desk: Desk, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return _page(request, desk_of(request.user, desk.label.slug), 409)


def _page(request: SignedInRequest, desk: Desk, status: int, form: InviteForm | None = None) -> HttpResponse:
    return render(request, TEAM, team_page_of(desk, user=request.user, form=form), status=status)


@require_POST
def team_factors(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let an owner require two-factor sign-in of the team, or stop doing so; they prove once more who they are."""
    desk = desk_of(request.user, slug)
    if desk.role != Role.OWNER:
        raise PermissionDenied
    return _set_factors(request, desk)


@confirmed
def _set_factors(request: SignedInRequest, desk: Desk) -> HttpResponse:
    chosen = request.POST.get("do")
    if chosen == "require":
        success = f"The desk of {desk.label} now opens only with two-factor sign-in. The team is told."
        return _apply(request, desk, success, team.require_factors, desk.label, by=request.user)
    if chosen == "stop":
        success = f"The desk of {desk.label} opens to every member again."
        return _apply(request, desk, success, team.stop_requiring_factors, desk.label, by=request.user)
    return see_other("workspace:team", slug=desk.label.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def team_leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for confirmation, then leave the team."""
    own = membership_at(request.user, slug)  # a member who is shut out may leave too
    desk = Desk(own.label, Role(own.role))
    rows = Membership.objects.select_related("label", "user")
    membership = get_object_or_404(rows, label=desk.label, user=request.user)
    owners = Membership.objects.active().at_least(Role.OWNER).filter(label=desk.label)
    is_last = not owners.exclude(pk=membership.pk).exists()
    context = {**common_context(desk), "is_last_owner": is_last}
    if request.method != "POST":
        return render(request, "workspace/team/leave.html", context)
    try:
        team.leave(membership)
    except ValidationError as error:
        if error.code == "gone":
            return see_other("home")
        messages.error(request, " ".join(error.messages))
        return render(request, "workspace/team/leave.html", {**context, "is_last_owner": True}, status=409)
    messages.success(request, f"You left the team of {desk.label}. You no longer have access to its desk.")
    return see_other("home")


@require_http_methods(["GET", "HEAD", "POST"])
def label_hand_over(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let an owner hand the label over, after typing their password again."""
    desk = desk_of(request.user, slug)
    if desk.role != Role.OWNER:
        raise PermissionDenied
    return _hand_over(request, desk)


@confirmed
def _hand_over(request: SignedInRequest, desk: Desk) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = HandOverForm(posted, label=desk.label, owner=request.user)
    if posted is not None and (sentence := read_only_because(desk.label)):
        messages.error(request, sentence)
        return _hand_over_page(request, desk, form, 409)
    if posted is None or not form.is_valid():
        return _hand_over_page(request, desk, form, 200 if posted is None else 422)
    heir = form.cleaned_data["to"]
    try:
        team.hand_over(desk.label, by=request.user, to=heir)
    except (ValidationError, NotPossible) as refusal:
        sentences = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        messages.error(request, " ".join(sentences))
        return _hand_over_page(request, desk, form, 409)
    messages.success(request, f"{heir.user} now owns {desk.label}. You are a manager.")
    return see_other("workspace:team", slug=desk.label.slug)


def _hand_over_page(request: SignedInRequest, desk: Desk, form: HandOverForm, status: int) -> HttpResponse:
    context = {**common_context(desk), "form": form}
    return render(request, "workspace/team/hand_over.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_show(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Show the offer of a link, or why it is no longer good (410); signed-in people can accept it."""
    user = request.user if isinstance(request.user, User) else None
    offer = offer_of(code, token, user=user)
    if offer is None:
        return _invitation_page(request, None, 404)
    if request.method != "POST":
        is_gone = offer.fault and not offer.is_member
        return _invitation_page(request, offer, 410 if is_gone else 200)
    if user is None:
        return redirect_to_login(request.path)
    if offer.is_member or offer.fault:
        return _invitation_page(request, offer, 409)
    try:
        team.join(offer.invitation, nonce=offer.nonce, user=user)
    except (ValidationError, NotPossible):
        return _invitation_page(request, offer_of(code, token, user=user), 409)
    messages.success(request, f"You joined the team of {offer.invitation.label} as {a_role(offer.role)}.")
    return see_other("desk:queue", slug=offer.invitation.label.slug)


def _invitation_page(request: HttpRequest, offer: Offer | None, status: int) -> HttpResponse:
    return render(request, "workspace/team/invitation.html", {"offer": offer}, status=status)
