"""The list of recordings on all shelves that a person may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from recordings.access import shelves_of
from recordings.models import Recording

SIZE = 50
ORDER = ("-created_at", "-id")


@require_safe
def recording_list(request: SignedInRequest) -> HttpResponse:
    """List recordings, newest first."""
    seen = shelves_of(request.user)
    rows = Recording.objects.filter(shelf__in=[each.shelf for each in seen])
    page = pages.page(rows, request.GET, order=ORDER, size=SIZE)
    return render(request, "recordings/list_page/list.html", {"page": page, "here": "list"})
