"""Pages whose address opens something: no other site, and no log of one, learns it from a link on them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kit.clean_text import SECRET_KEYS

POLICY = "same-origin"
"""With none at all, browsers send forms without an origin, which Django refuses."""


def keep_referrer(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page whose address holds a token hands it to no other site. No statement, some microseconds."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match and not SECRET_KEYS.isdisjoint(match.kwargs):
            response.headers.setdefault("Referrer-Policy", POLICY)
        return response

    return handle
