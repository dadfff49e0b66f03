"""What is said while somebody types artist and title: that the song seems to be done already."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from studio.similar_songs.forms import SongForm


@require_safe
def similar_show(request: SignedInRequest) -> HttpResponse:
    """Return the warning alone, empty while there is nothing to say."""
    form = SongForm(request.GET)
    matches = form.matches() if form.is_valid() else []
    return render(request, "studio/similar_songs/_matches.html", {"matches": matches})
