"""The embed page: snippets to copy, and which sites may show the demo form. For managers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from activity import log
from activity.models import Activity
from kit.htmx import see_other
from labels.access import Desk, one_at_a_time, read_only_because
from labels.embedding.forms import SitesForm
from labels.profile import change_label
from workspace.access import manager_desk
from workspace.embed.page import page_of

PAGE = "workspace/embed/embed.html"


@require_http_methods(["GET", "HEAD", "POST"])
@one_at_a_time
def embed_settings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the snippets with a preview, or change the allowed sites."""
    desk = manager_desk(request, slug)
    if request.method != "POST":
        return render(request, PAGE, page_of(desk))
    form = SitesForm(request.POST, label=desk.label)
    if sentence := read_only_because(desk.label):
        messages.error(request, sentence)
        return render(request, PAGE, page_of(desk, form), status=409)
    if form.is_outdated():
        return render(request, PAGE, page_of(desk, form), status=409)
    if not form.is_valid():
        return render(request, PAGE, page_of(desk, form), status=422)
    _save(request, desk, form.cleaned_data["sites"])
    messages.success(request, "The sites are saved.")
    return see_other("workspace:embed", slug=slug)


def _save(request: SignedInRequest, desk: Desk, sites: list[str]) -> None:
    if sites == desk.label.embed_sites:
        return
    desk.label.embed_sites = sites
    allowed: dict[str, Any] = {"sites": sites} if sites else {}
    with transaction.atomic():
        change_label(desk.label, fields=["embed_sites"])
        log.write(Activity.Kind.EMBED_CHANGED, label=desk.label, actor=request.user, **allowed)
