"""The warning after a form was sent, for who has no JavaScript and for who types fast."""

from django.contrib import messages
from django.http import HttpRequest

from studio.models import Project
from studio.similar_songs.lookup import Match, similar_songs
from studio.similar_songs.names import artist_of


def warn_if_done(request: HttpRequest, project: Project) -> None:
    """Tell somebody who just named a project that the song seems to be done already. Four queries at most."""
    found = similar_songs(artist_of(project), project.shown_title, own=project.code)
    if found:
        messages.warning(request, sentence_of(found))


def sentence_of(matches: list[Match]) -> str:
    """Return a sentence about the nearest of them."""
    first, others = matches[0], len(matches) - 1
    known = f"“{first.title}” by {first.artist}"
    where = f"in {first.reference_list}" if first.reference_list else "a public project"
    begins = f"{known} is already {where}." if first.is_exact else f"{known}, a similar song, is {where}."
    return f"{begins} {others} more like it." if others else begins
