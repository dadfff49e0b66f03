"""All activity of a project or pack; its crew reads it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from studio.access import pack_of, project_of
from studio.activity_page.page import events_of, lines_of
from studio.choices import Level
from studio.errors import REFUSALS, NotAllowed
from studio.models import Pack, Project

LATEST_FIRST = ("-id",)


@require_safe
def project_activity(request: SignedInRequest, code: str) -> HttpResponse:
    seen = project_of(request.user, code)
    return _page(request, seen.project, seen.level)


@require_safe
def pack_activity(request: SignedInRequest, code: str) -> HttpResponse:
    """Show what was done to the pack and to the projects while they were in it."""
    seen = pack_of(request.user, code)
    return _page(request, seen.pack, seen.level)


def _page(request: SignedInRequest, it: Project | Pack, level: Level) -> HttpResponse:
    if level < Level.VIEW:
        sentence = REFUSALS[Level.VIEW]
        raise PermissionDenied(sentence) from NotAllowed(sentence)
    page = pages.page(events_of(it), request.GET, order=LATEST_FIRST)
    pack = it if isinstance(it, Pack) else None
    context: dict[str, Any] = {
        "page": page,
        "lines": lines_of(page, request.user, pack),
        "it": it,
        "is_pack": pack is not None,
    }
    return render(request, "studio/activity_page/activity.html", context)
