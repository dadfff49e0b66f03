"""A person's own keys, for who may have no desk."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.keys.key_table import RECORDINGS
from accounts.keys.page import answer_keys
from accounts.requests import SignedInRequest
from recordings.access import shelves_of


@require_http_methods(["GET", "HEAD", "POST"])
def reader_keys(request: SignedInRequest) -> HttpResponse:
    """Show the keys, or change the reader's own."""
    shelves_of(request.user)
    return answer_keys(request, "recordings/keys/keys.html", {"place": RECORDINGS})
