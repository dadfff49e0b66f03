"""Leaving a label's team, and handing the label over to somebody else."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from labels.access import Desk, desk_of
from labels.choices import Role
from labels.models import Membership
from workspace.team import service as team
from workspace.team.forms import HandOverForm


@require_http_methods(["GET", "HEAD", "POST"])
def team_leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask before somebody leaves; then they have."""
    desk = desk_of(request.user, slug)
    rows = Membership.objects.select_related("label", "user")
    membership = get_object_or_404(rows, label=desk.label, user=request.user)
    owners = Membership.objects.active().at_least(Role.OWNER).filter(label=desk.label)
    is_last = not owners.exclude(pk=membership.pk).exists()
    context = {"desk": desk, "label": desk.label, "is_last_owner": is_last}
    if request.method != "POST":
        return render(request, "workspace/team/leave.html", context)
    try:
        team.leave(membership)
    except ValidationError as error:
        if error.code == "gone":
            return see_other("home")
        messages.error(request, " ".join(error.messages))
        return render(request, "workspace/team/leave.html", {**context, "is_last_owner": True}, status=409)
    messages.success(request, f"You left the team of {desk.label}. Its desk is closed to you now.")
    return see_other("home")


@require_http_methods(["GET", "HEAD", "POST"])
def label_hand_over(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let an owner make somebody else the owner in their place, once they have typed their password anew."""
    desk = desk_of(request.user, slug)
    if desk.role != Role.OWNER:
        raise PermissionDenied
    return _hand_over(request, desk)


@reauthentication_required
def _hand_over(request: SignedInRequest, desk: Desk) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = HandOverForm(posted, label=desk.label, giver=request.user)
    if posted is None or not form.is_valid():
        return _hand_over_page(request, desk, form, 200 if posted is None else 422)
    heir = form.cleaned_data["to"]
    try:
        team.hand_over(desk.label, by=request.user, to=heir)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _hand_over_page(request, desk, form, 409)
    messages.success(request, f"{desk.label} is {heir.user}’s now. You are a manager.")
    return see_other("workspace:team", slug=desk.label.slug)


def _hand_over_page(request: SignedInRequest, desk: Desk, form: HandOverForm, status: int) -> HttpResponse:
    context = {"desk": desk, "label": desk.label, "form": form}
    return render(request, "workspace/team/hand_over.html", context, status=status)
