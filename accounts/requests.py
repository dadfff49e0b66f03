"""Requests of signed-in users, and who is impersonating them."""

from collections.abc import Callable
from typing import cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts import return_path, unsent_forms
from accounts.models import User
from kit.htmx import HtmxRequest


class SignedInRequest(HtmxRequest):
    """For annotations alone: says that `request.user` is nobody anonymous."""

    user: User
    impersonator: User | None


def impersonator_of(request: HttpRequest) -> User | None:
    """Return the admin who is impersonating `request.user`, or None."""
    return getattr(request, "impersonator", None)


def person_of(request: HttpRequest) -> User:
    """Return who sits before the screen of a signed-in request: the impersonator, or the user."""
    return impersonator_of(request) or cast("SignedInRequest", request).user


Handler = Callable[[HttpRequest], HttpResponse]

FAILURE = 500
"""The first status of answers that say we failed."""


def reader_time(get_response: Handler) -> Handler:
    """Show times in the reader's own zone."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        with timezone.override(user.zone if user.is_authenticated else None):
            return get_response(request)

    return handle


def private_pages(get_response: Handler) -> Handler:
    """Forbid caching of pages shown to signed-in users, unless the view set Cache-Control; nobody caches a failure.

    After a failure nobody is asked who looks: where the database is gone that would wait for it once more.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_failure = response.status_code >= FAILURE
        if not is_failure and request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return handle


class LoginRequired(LoginRequiredMiddleware):
    """Require sign-in on every view not marked `login_not_required`; HTMX gets a full-page redirect."""

    def handle_no_permission(  # type: ignore[override]  # for HTMX the redirect is a header
        self, request: HtmxRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Send to the sign-in page, and back afterwards to the page that was looked at, or to what was typed on it."""
        if unsent := unsent_forms.keep(request):
            return lead_through_sign_in(request, unsent)
        is_visible = request.method in ("GET", "HEAD") and not request.htmx
        seen = request.get_full_path() if is_visible else unsent_forms.page_of(request) or "/"
        login_url, next_name = self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        return lead(request, redirect_to_login(seen, login_url, next_name).url)


KEPT = "You are signed out. What you typed is kept for an hour: sign in, and it is there again."


def lead_through_sign_in(request: HtmxRequest, unsent: str) -> HttpResponse:
    """Send to the sign-in page, and from there, whatever the way through it, to the form that was kept."""
    messages.info(request, KEPT)
    return_path.keep(request, unsent)
    return lead(request, redirect_to_login(unsent).url)


def lead(request: HtmxRequest, url: str) -> HttpResponse:
    """Redirect the whole page, for HTMX too."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def address_of(request: HttpRequest) -> str:
    """Return the internet address that a request came from, "" if a proxy does not tell."""
    try:
        return get_adapter(request).get_client_ip(request)[:45]
    except PermissionDenied:
        return ""
