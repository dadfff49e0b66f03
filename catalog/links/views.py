"""Preview of a pasted link, with its player and guesses for the form; and the frame that plays a sound file."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from catalog.links.link import parse_link
from catalog.links.players import player_panel
from catalog.links.title_guess import guess_from
from catalog.links.web_address import read_address
from catalog.tracks.forms import LinkForm
from catalog.tracks.track_form_set import TrackFormSet
from kit.htmx import answer

EDITABLE = ("title", "mix")
"""Fields that can be corrected in the preview."""

PARTIALS = {"link": "catalog/links/_link.html"}


@require_http_methods(["GET", "HEAD", "POST"])
def link_preview(request: SignedInRequest) -> HttpResponse:
    """Show a pasted link beside its field (HTMX), else the form of a new track filled in from it.

    A POST although it changes nothing: the link's tokens must not get into URLs and logs.
    """
    form = LinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "is_emptied": not request.POST.get("link", "").strip()}
        return answer(
            request,
            "catalog/links/link.html",
            context,
            partials=PARTIALS,
            status=422 if form.is_bound else 200,
        )
    link = parse_link(form.cleaned_data["link"])
    edited = {name: request.POST[name] for name in EDITABLE if name in request.POST}
    read = {"audio_url": link.url, **guess_from(link), **edited}
    form_set = TrackFormSet(request.user, initial=read)
    panel = player_panel(link.url, title=read.get("title") or "Your track", by=form_set.artist_name)
    context = {"form": form, "form_set": form_set, "link": link, "read": read, "panel": panel}
    return answer(request, "catalog/tracks/track_form.html", context, partials=PARTIALS)


FILE_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
)


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
    response.xframe_options_exempt = True  # type: ignore[attr-defined]  # read by Django's middleware
    return response
