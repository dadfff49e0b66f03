"""Requests of signed-in users, and who is impersonating them."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from kit.htmx import HtmxRequest
from kit.urls import split_url


class SignedInRequest(HtmxRequest):
    """For annotations alone: says that `request.user` is nobody anonymous."""

    user: User
    impersonator: User | None


def impersonator_of(request: HttpRequest) -> User | None:
    """Return the admin who is impersonating `request.user`, or None."""
    return getattr(request, "impersonator", None)


Handler = Callable[[HttpRequest], HttpResponse]


def reader_time(get_response: Handler) -> Handler:
    """Show times in the reader's own zone."""

    def handle(request: HttpRequest) -> HttpResponse:
        user = request.user
        with timezone.override(user.zone if user.is_authenticated else None):
            return get_response(request)

    return handle


def private_pages(get_response: Handler) -> Handler:
    """Forbid caching of pages shown to signed-in users, unless the view set Cache-Control."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    return handle


class LoginRequired(LoginRequiredMiddleware):
    """Require sign-in on every view not marked `login_not_required`; HTMX gets a full-page redirect."""

    def handle_no_permission(  # type: ignore[override]  # for HTMX the redirect is a header
        self, request: HtmxRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Send to the sign-in page, and back afterwards to the page the person was looking at."""
        is_visible = request.method in ("GET", "HEAD") and not request.htmx
        seen = request.get_full_path() if is_visible else _seen_page(request)
        response = redirect_to_login(
            seen, self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )
        return HttpResponseClientRedirect(response.url) if request.htmx else response


def _seen_page(request: HtmxRequest) -> str:
    """Return the path of the visible page that a POST or an HTMX request came from, "/" if unknown."""
    came_from = split_url(request.htmx.current_url or request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
