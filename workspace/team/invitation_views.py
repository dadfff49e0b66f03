"""The page that an invitation's link opens, for whoever holds it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from kit.htmx import see_other
from workspace.team import service as team
from workspace.team.invitation import Offer, offer_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_show(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Say what a link offers, or why it offers nothing any more (410); let who is signed in accept it."""
    user = request.user if isinstance(request.user, User) else None
    offer = offer_of(code, token, user=user)
    if offer is None:
        return _page(request, None, 404)
    if request.method != "POST":
        is_gone = offer.fault and not offer.is_member
        return _page(request, offer, 410 if is_gone else 200)
    if user is None:
        return redirect_to_login(request.path)
    if offer.is_member or offer.fault:
        return _page(request, offer, 409)
    try:
        team.join(offer.invitation, nonce=offer.nonce, user=user)
    except ValidationError:
        return _page(request, offer_of(code, token, user=user), 409)
    messages.success(request, f"You are in the team of {offer.invitation.label} now, as {offer.role.label}.")
    return see_other("desk:queue", slug=offer.invitation.label.slug)


def _page(request: HttpRequest, offer: Offer | None, status: int) -> HttpResponse:
    return render(request, "workspace/team/invitation.html", {"offer": offer}, status=status)
