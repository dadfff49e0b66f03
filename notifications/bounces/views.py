"""A person's address that refused our mail: asked, and confirmed, anew."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from notifications.bounces import service


@require_POST
def address_ask(request: SignedInRequest) -> HttpResponse:
    """Mail a link to the person's address, which refused mail before."""
    if service.ask(request.user):
        messages.success(request, f"We sent a mail to {request.user.email}. Open the link in it.")
    else:
        messages.info(request, "There is nothing to confirm, or the mail is on its way already.")
    return see_other("notifications:settings")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to mail an address again, or do so."""
    row = service.confirm(token, is_sure=request.method == "POST")
    if row is None:
        raise Http404
    if request.method == "POST":
        messages.success(request, f"Mail comes to {row.address} again.")
        return see_other("notifications:settings")
    return render(request, "notifications/bounces/confirm.html", {"row": row})
