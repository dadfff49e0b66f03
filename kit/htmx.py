"""Responses to requests that may come from HTMX."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """For annotations alone: says what django-htmx's middleware adds."""

    htmx: HtmxDetails


class SeeOther(HttpResponseRedirect):
    """303, the response to a successful POST."""

    status_code = 303


def see_other(to: Any, *args: Any, **kwargs: Any) -> SeeOther:
    """Redirect after a POST; takes what Django's `redirect` takes."""
    return SeeOther(resolve_url(to, *args, **kwargs))


def target_of(request: HttpRequest) -> str:
    """Return the id of the element that HTMX asks for, "" where a whole page is asked for."""
    htmx = cast("HtmxRequest", request).htmx
    return (htmx.target or "") if htmx else ""


def answer(
    request: HttpRequest,
    page: str,
    context: dict[str, Any],
    *,
    partials: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or the partial for `HX-Target`; varies on HX-Request and HX-Target."""
    response = render(request, (partials or {}).get(target_of(request), page), context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
