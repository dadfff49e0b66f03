"""What js/prefetch.js fetched before it was wanted, and a short answer to a page that has the next demo."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest
from desk.context import DeskContext
from desk.review.page import previous_row
from kit.htmx import target_of


def is_prefetch(request: HttpRequest) -> bool:
    """Whether the page asks for what may be wanted next: messages are for the page that is."""
    return "X-Prefetch" in request.headers


def has_prefetched(request: HttpRequest, url: str) -> bool:
    """Whether the page that sends a decision holds this demo already."""
    return target_of(request) == "pane" and request.headers.get("X-Prefetched") == url


def render_beside_prefetched(request: SignedInRequest, context: DeskContext) -> HttpResponse:
    """Answer the messages and the row of what was decided; the page shows the next demo that it holds."""
    left = previous_row(context, context.submission.reference)
    response = render(request, "desk/review/_next_swap.html", {"label": context.desk.label, "left": left})
    response["HX-Reswap"], response["HX-Push-Url"] = "none", "false"
    response["X-Show-Prefetched"] = "true"
    return response
