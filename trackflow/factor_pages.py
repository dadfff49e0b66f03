"""Pages in place of those that open only with two-factor sign-in: what to do, and the way back afterwards."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import unsent_forms
from accounts.requests import lead
from kit.htmx import HtmxRequest
from kit.routes import url_for
from labels.models import Label


def desk_shut(request: HttpRequest, label: Label) -> HttpResponse:
    """Answer a member whose label waits for their second factor; what they typed is kept for an hour."""
    asked, desk = cast("HtmxRequest", request), url_for("desk:queue", label.slug)
    typed = unsent_forms.keep(asked) if request.method == "POST" else ""
    if asked.htmx:
        return lead(asked, typed or desk)
    title = f"{label} requires two-factor sign-in"
    text = "Its desk opens as soon as you have turned it on."
    return _page(request, title, text, typed or _page_of(request, desk))


def office_shut(request: HttpRequest) -> HttpResponse:
    """Answer an admin who still needs a second factor."""
    title = "The office requires two-factor sign-in"
    text = "Admins can see and change what is everybody’s. The office opens as soon as you have turned it on."
    return _page(request, title, text, _page_of(request, url_for("admin:index")))


def _page_of(request: HttpRequest, other: str) -> str:
    return request.get_full_path() if request.method == "GET" else other


def _page(request: HttpRequest, title: str, text: str, back: str) -> HttpResponse:
    context = {"title": title, "text": text, "back": back}
    return render(request, "factors_needed.html", context, status=403)
