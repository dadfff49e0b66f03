"""A user's own pages; signing in is allauth's."""

from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import return_path
from accounts.forms import PersonForm
from accounts.models import Picture
from accounts.requests import SignedInRequest
from kit.htmx import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: SignedInRequest) -> HttpResponse:
    """Ask a new user what they are here for, then redirect to their return path."""
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return render(request, "accounts/welcome.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/welcome.html", {"form": form}, status=422)
    form.save()
    return see_other(return_path.take(request) or site.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, instance=request.user)
    if request.method != "POST":
        return render(request, "accounts/settings.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/settings.html", {"form": form}, status=422)
    form.save()
    messages.success(request, "Your settings are saved.")
    return see_other("accounts:settings")


@login_not_required
@require_safe
def picture_show(request: HttpRequest, code: str) -> HttpResponse:
    """Serve a picture to anyone who knows its code; immutable, so cached for a year."""
    return _picture_response(get_object_or_404(Picture.objects.defer("thumbnail"), code=code).data)


@login_not_required
@require_safe
def thumbnail_show(request: HttpRequest, code: str) -> HttpResponse:
    """Serve its thumbnail likewise; a picture without one is small enough itself."""
    picture = get_object_or_404(Picture, code=code)
    return _picture_response(picture.thumbnail or picture.data)


def _picture_response(data: bytes | memoryview) -> HttpResponse:
    return HttpResponse(
        bytes(data),
        content_type="image/webp",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",  # a page's is longer than a thumbnail
            "X-Content-Type-Options": "nosniff",
        },
    )
