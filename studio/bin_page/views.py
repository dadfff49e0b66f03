"""The bin: what was discarded, and comes back in one press."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit import pages
from kit.forms import KeyedForm
from kit.htmx import see_other
from studio.access import SeenPack, SeenProject, pack_of, project_of
from studio.choices import Act
from studio.forms import attempt
from studio.models import Pack, Project

SIZE = 50
ORDER = ("-discarded_at", "-id")
PACKS = "packs"


@require_safe
def bin_show(request: SignedInRequest) -> HttpResponse:
    """Show what the reader discarded, latest first: projects, or packs."""
    return _page(request)


@require_POST
def project_discard(request: SignedInRequest, code: str) -> HttpResponse:
    return _act(request, project_of(request.user, code), Act.DISCARD)


@require_POST
def project_restore(request: SignedInRequest, code: str) -> HttpResponse:
    return _act(request, project_of(request.user, code), Act.RESTORE)


@require_POST
def pack_discard(request: SignedInRequest, code: str) -> HttpResponse:
    return _act(request, pack_of(request.user, code), Act.DISCARD)


@require_POST
def pack_restore(request: SignedInRequest, code: str) -> HttpResponse:
    return _act(request, pack_of(request.user, code), Act.RESTORE)


def _act(request: SignedInRequest, seen: SeenProject | SeenPack, act: Act) -> HttpResponse:
    seen.require(act)
    it = seen.project if isinstance(seen, SeenProject) else seen.pack
    outcome = attempt(KeyedForm(request.POST), it, act, request.user)
    if outcome.event is None:
        sentence = outcome.sentence or "Nothing was changed. Press the button again."
        return _page(request, sentence=sentence, status=outcome.status)
    if act == Act.RESTORE:
        left = " Its pack is still in the bin, so it is not in a pack now." if outcome.event.details else ""
        messages.success(request, f"“{it}” is restored.{left}")
        return see_other(f"studio:{'project' if isinstance(it, Project) else 'pack'}", it.code)
    messages.success(request, f"“{it}” is in the bin. You can restore it here.")
    return see_other("studio:bin")


def _page(request: SignedInRequest, *, sentence: str = "", status: int = 200) -> HttpResponse:
    shows_packs = request.GET.get("show") == PACKS
    context: dict[str, Any] = {
        "shows_packs": shows_packs,
        "page": _discarded_packs(request) if shows_packs else _discarded_projects(request),
        "key": uuid4,
        "sentence": sentence,
    }
    return render(request, "studio/bin_page/bin.html", context, status=status)


def _discarded_projects(request: SignedInRequest) -> pages.Page[Project]:
    rows = Project.objects.with_shown().filter(owner=request.user, discarded_at__isnull=False)
    return pages.page(rows, request.GET, order=ORDER, size=SIZE)


def _discarded_packs(request: SignedInRequest) -> pages.Page[Pack]:
    rows = Pack.objects.filter(owner=request.user, discarded_at__isnull=False)
    return pages.page(rows, request.GET, order=ORDER, size=SIZE)
