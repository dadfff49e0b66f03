"""What pages may load, be framed by and use of the browser: our own files, and the players of the hosts we know."""

from functools import cache
from typing import Any

from csp.constants import HEADER, NONE, SELF
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings

from catalog.links.players import FRAME_SOURCES, MEDIA_SOURCES

REPORTS = "/csp-reports/"
"""Where browsers tell what a policy kept out (`trackflow.policy_reports`)."""

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
    "report-uri": [REPORTS],
    "report-to": ["csp"],
}

CHANGES = frozenset({"_csp_exempt", "_csp_config", "_csp_update", "_csp_replace"})
"""What django-csp's decorators leave on a response."""

_PLAYERS = " ".join(f'"{source}"' for source in FRAME_SOURCES)
FEATURES = ", ".join(
    [
        *(f"{name}=(self {_PLAYERS})" for name in ("autoplay", "encrypted-media", "fullscreen")),
        *(f"{name}=(self)" for name in ("clipboard-write", "publickey-credentials-get")),
        "publickey-credentials-create=(self)",
        *(f"{name}=()" for name in ("accelerometer", "browsing-topics", "camera", "display-capture")),
        *(f"{name}=()" for name in ("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi")),
        *(f"{name}=()" for name in ("payment", "serial", "usb")),
    ]
)
"""The Permissions-Policy: what players need in their frames, what we use, and nothing else."""


class Middleware(CSPMiddleware):
    """django-csp's, but the policy that nearly all pages have is written once; and headers that all answers have."""

    def process_response(self, request: Any, response: Any) -> Any:
        headers = response.headers
        headers.setdefault("Permissions-Policy", FEATURES)
        headers.setdefault("Reporting-Endpoints", f'csp="{REPORTS}"')
        is_framed = getattr(response, "xframe_options_exempt", False)
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_framed else "same-origin")
        is_usual = CHANGES.isdisjoint(vars(response)) and not hasattr(request, "_csp_nonce")
        if settings.DEBUG or not is_usual:
            return super().process_response(request, response)
        headers.setdefault(HEADER, _usual())
        return response


@cache
def _usual() -> str:
    return build_policy()
