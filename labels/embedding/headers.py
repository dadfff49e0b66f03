"""The embed's own headers: far narrower than a page's, but for who may frame it."""

from django.http import HttpResponse

from labels.embedding.sites import sites_of
from labels.models import Label

POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)


def framed(response: HttpResponse, label: Label) -> HttpResponse:
    """Let the label's sites, and our own preview, show this answer in a frame; nobody else may."""
    ancestors = " ".join(["frame-ancestors 'self'", *sites_of(label)])
    response["Content-Security-Policy"] = "; ".join([*POLICY, ancestors])
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-cache"
    response.xframe_options_exempt = True
    return response
