"""A member's own keys."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.keys.page import answer_keys
from accounts.requests import SignedInRequest
from labels.access import desk_of


@require_http_methods(["GET", "HEAD", "POST"])
def member_keys(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the keys, or change the member's own, which hold at every desk."""
    return answer_keys(request, "desk/keys/keys.html", {"label": desk_of(request.user, slug).label})
