"""The list of a person's packs, and of those in whose crew they are."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from studio.models import Pack
from studio.pack_list.page import rows_of

SIZE = 50
ORDER = ("-touched_at", "-id")


@require_safe
def pack_list(request: SignedInRequest) -> HttpResponse:
    """List packs, lately worked on first. Three queries."""
    parts = [each.select_related("owner__profile") for each in Pack.objects.current().parts_of(request.user)]
    page = pages.page_of_parts(parts, request.GET, order=ORDER, size=SIZE)
    context = {"here": "packs", "page": page, "rows": rows_of(page)}
    return render(request, "studio/pack_list/list.html", context)
