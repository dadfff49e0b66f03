"""Pages for what went wrong. None of them reads the body, which may be what is wrong; Django's own parse it.

Those for 400 and 500 ask no database and draw no context either.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from kit.errors import NotAllowed
from labels.access import TwoFactorsNeeded
from trackflow.factor_pages import desk_shut


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say why, where a door refused; other reasons are not written for people."""
    if isinstance(exception, TwoFactorsNeeded):
        return desk_shut(request, exception.label)
    refusal = exception.__cause__ if exception else None
    sentence = str(refusal) if isinstance(refusal, NotAllowed) else ""
    return render(request, "403.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer in plain words where even this page cannot be drawn, so that only the first error is logged."""
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except Exception:
        return HttpResponse("Something went wrong on our side.", status=500, content_type="text/plain")
