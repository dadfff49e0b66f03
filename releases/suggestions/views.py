"""What to do next about a label's releases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from labels.access import desk_of
from releases.suggestions.page import page_of


@require_safe
def release_suggestions(request: SignedInRequest, slug: str) -> HttpResponse:
    page = page_of(desk_of(request.user, slug))
    return render(request, "releases/suggestions/suggestions.html", page)
