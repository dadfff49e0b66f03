"""Preview of a pasted link, with its player and guesses for the form; and the frame that plays a sound file."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import limits
from accounts.requests import SignedInRequest
from catalog.links.preview import LinkPreview, preview_of
from catalog.links.title_guess import guess_from
from catalog.links.web_address import read_address
from catalog.tracks.forms import LinkForm
from catalog.tracks.same_link import tracks_with
from catalog.tracks.track_form_set import TrackFormSet
from kit.htmx import answer

EDITABLE = ("title", "mix")
"""Fields that can be corrected in the preview."""

PARTIALS = {"link": "catalog/links/_link.html"}
FILE_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
)


@require_http_methods(["GET", "HEAD", "POST"])
def link_preview(request: SignedInRequest) -> HttpResponse:
    """Show a pasted link beside its field (HTMX), else the form of a new track filled in from it.

    A POST although it changes nothing: the link's tokens must not get into URLs and logs.
    """
    form = LinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _paste_page(request, form, status=422 if form.is_bound else 200)
    try:
        preview = preview_of(request.POST["link"], may_ask=_may_ask(request), title="Your track")
    except ValidationError as refusal:
        form.add_error("link", refusal)
        return _paste_page(request, form, status=422)
    if preview.is_waiting:
        return _paste_page(request, form, preview=preview)
    return _filled_in(request, form, preview)


@require_POST
def link_check(request: SignedInRequest) -> HttpResponse:
    """Show a pasted link beside the field of another form (HTMX), which then carries that it was shown."""
    context: dict[str, Any] = {}
    try:
        context["preview"] = preview_of(
            request.POST.get("url", ""), may_ask=_may_ask(request), title="The new link"
        )
    except ValidationError as refusal:
        context["errors"] = refusal.messages if request.POST.get("url", "").strip() else []
    return render(
        request, "catalog/links/_link_check.html", context, status=200 if "preview" in context else 422
    )


def _paste_page(
    request: SignedInRequest, form: LinkForm, *, preview: LinkPreview | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "preview": preview, "is_emptied": not request.POST.get("link", "").strip()}
    return answer(request, "catalog/links/link.html", context, partials=PARTIALS, status=status)


def _filled_in(request: SignedInRequest, form: LinkForm, preview: LinkPreview) -> HttpResponse:
    """Show the link beside its field, or the form of a new track filled in from it."""
    edited = {name: request.POST[name] for name in EDITABLE if name in request.POST}
    read = {"audio_url": preview.link.url, **guess_from(preview.link), **edited}
    form_set = TrackFormSet(request.user, initial=read)
    panel = preview.panel and replace(
        preview.panel, title=read.get("title") or "Your track", by=form_set.artist_name
    )
    context = {
        "form": form,
        "form_set": form_set,
        "preview": preview,
        "link": preview.link,
        "read": read,
        "panel": panel,
        "twins": tracks_with(preview.link, request.user),
    }
    return answer(request, "catalog/tracks/track_form.html", context, partials=PARTIALS)


def _may_ask(request: SignedInRequest) -> Callable[[], bool]:
    return lambda: bool(limits.spend(request, "look_up_link"))


@require_safe
def sound_file(request: SignedInRequest, host: str) -> HttpResponse:
    """A frame that plays a sound file at one host: its policy names that host, its fragment the rest of the address."""
    try:
        is_host = read_address(f"https://{host}/").host == host
    except ValidationError:
        is_host = False
    if not is_host:
        raise Http404
    # rendered without the request, so that nothing of a session, user or CSRF token gets in
    response = HttpResponse(render_to_string("catalog/links/sound_file.html", {"host": host}))
    response["Content-Security-Policy"] = "; ".join([*FILE_POLICY, f"media-src https://{host}"])
    response["Referrer-Policy"] = "no-referrer"
    response.xframe_options_exempt = True
    return response
