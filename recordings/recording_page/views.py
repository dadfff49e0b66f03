"""One recording."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from recordings.access import recording_of
from recordings.recording_page.part_table import PARTS


@require_safe
def recording_show(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show what is known of a recording, and where it lies."""
    seen = recording_of(request.user, reference)
    context = {"seen": seen, "recording": seen.recording, "parts": [part.template for part in PARTS]}
    for part in PARTS:
        context |= part.context(seen)
    return render(request, "recordings/recording_page/recording.html", context)
