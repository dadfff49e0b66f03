"""A label's page here, and its form on the label's own site. For its managers."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.htmx import see_other
from labels.access import Desk, desk_of
from labels.embedding.forms import SitesForm
from labels.permissions import can_edit, can_manage
from labels.profile import change_label
from workspace.embed.page import page_of

PAGE = "workspace/embed/embed.html"
READ_ONLY = "This label is suspended or closed: its desk can only be read."


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # not typed for a narrower request
@require_http_methods(["GET", "HEAD", "POST"])
def embed_settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what to copy and how it looks, or change which sites may show it."""
    desk = desk_of(request.user, slug)
    if not can_manage(desk.role):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, PAGE, page_of(desk))
    form = SitesForm(request.POST, label=desk.label)
    if not form.is_valid():
        return render(request, PAGE, page_of(desk, form), status=422)
    if not can_edit(desk.label, desk.role):
        messages.error(request, READ_ONLY)
        return render(request, PAGE, page_of(desk, form), status=409)
    _keep(request, desk, form.cleaned_data["sites"])
    messages.success(request, "The sites are kept.")
    return see_other("workspace:embed", slug=slug)


def _keep(request: SignedInRequest, desk: Desk, sites: list[str]) -> None:
    if sites == desk.label.embed_sites:
        return
    desk.label.embed_sites = sites
    allowed: dict[str, Any] = {"sites": sites} if sites else {}
    with transaction.atomic():
        change_label(desk.label, fields=["embed_sites"])
        log.write(Activity.Kind.EMBED_CHANGED, label=desk.label, actor=request.user, **allowed)
