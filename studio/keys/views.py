"""A person's own keys, for who may have no desk."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.keys.key_table import STUDIO
from accounts.keys.page import answer_keys
from accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def maker_keys(request: SignedInRequest) -> HttpResponse:
    """Show the keys, or change the reader's own."""
    return answer_keys(request, "studio/keys/keys.html", {"place": STUDIO})
