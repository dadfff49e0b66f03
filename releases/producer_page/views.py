"""A producer's page of the release on which their demo comes out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from releases.producer_page.page import page_of, release_for


@require_safe
def release_show(request: SignedInRequest, code: str) -> HttpResponse:
    """Show it once it has a date."""
    page = page_of(request.user, release_for(request.user, code))
    return render(request, "releases/producer_page/release.html", page)
