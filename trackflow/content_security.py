"""What pages may load and be framed by: our own files, and the players of the hosts we know."""

from functools import cache
from typing import Any

from csp.constants import HEADER, NONE, SELF
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings

from catalog.links.players import FRAME_SOURCES, MEDIA_SOURCES

DIRECTIVES: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "frame-src": [SELF, *FRAME_SOURCES],
    "media-src": list(MEDIA_SOURCES),
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}

CHANGES = frozenset({"_csp_exempt", "_csp_config", "_csp_update", "_csp_replace"})
"""What django-csp's decorators leave on a response."""


class Middleware(CSPMiddleware):
    """django-csp's, but the policy that nearly all pages have is written once."""

    def process_response(self, request: Any, response: Any) -> Any:
        is_usual = CHANGES.isdisjoint(vars(response)) and not hasattr(request, "_csp_nonce")
        if settings.DEBUG or not is_usual:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _usual())
        return response


@cache
def _usual() -> str:
    return build_policy()
