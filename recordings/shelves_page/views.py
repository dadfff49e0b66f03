"""The shelves that a person may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from recordings.access import shelves_of


@require_safe
def shelf_list(request: SignedInRequest) -> HttpResponse:
    """Show each shelf, with its folder."""
    context = {"shelves": shelves_of(request.user), "here": "shelves"}
    return render(request, "recordings/shelves_page/shelves.html", context)
