"""How the text of a label's page will look, while it is being written."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from kit.markdown import as_html
from labels import access, permissions


@require_POST
def page_text_preview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Draw the text as it would be shown; nothing is saved."""
    desk = access.desk_of(request.user, slug)
    if not permissions.can_manage(desk.role):
        raise PermissionDenied
    context = {"label": desk.label, "written": as_html(request.POST.get("page_text", ""))}
    return render(request, "labels/_written.html", context)
