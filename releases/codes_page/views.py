"""The page on which codes are typed or given out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from releases.choices import Line, Transition
from releases.code_effects import proposed_number
from releases.codes_page.forms import CodesForm, known_of
from releases.desk_context import ReleaseContext, context_at, page_context
from releases.forms import Outcome, attempt
from releases.models import Barcode, ReleaseSettings, ReleaseTrack
from releases.service import settings_of


@require_http_methods(["GET", "HEAD", "POST"])
def release_codes(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Show and assign the codes of a release."""
    context = context_at(request, slug, code)
    context.require_role(Transition.ASSIGN_CODES)
    release = context.release
    tracks = list(release.tracks.select_related("submission"))
    if request.method != "POST":
        known = known_of(release, tracks)
        settings = settings_of(context.desk.label)
        known["catalogue_number"] = release.catalogue_number or _proposed(settings)
        known |= {"takes_upc": True, "issues_isrcs": bool(settings.isrc_prefix)}
        form = CodesForm(turn=release.turn, initial=known, tracks=tracks)
        return _page(request, context, form, tracks)
    form = CodesForm(request.POST, tracks=tracks)
    outcome = attempt(form, release, Transition.ASSIGN_CODES, context.actor)
    if outcome.event is None:
        return _page(request, context.refreshed(), outcome.form, tracks, outcome)
    messages.success(request, "The codes are saved.")
    return see_other(f"{context.url}#codes")


def _proposed(settings: ReleaseSettings) -> str:
    try:
        return proposed_number(settings)
    except ValidationError:
        return ""


def _page(
    request: SignedInRequest,
    context: ReleaseContext,
    form: CodesForm,
    tracks: list[ReleaseTrack],
    outcome: Outcome | None = None,
) -> HttpResponse:
    page = {
        **page_context(context.desk),
        "context": context,
        "release": context.release,
        "form": form,
        **_supply(context, tracks),
        "sentence": outcome.sentence if outcome else str(context.refusal_of(Transition.ASSIGN_CODES) or ""),
    }
    status = outcome.status if outcome else 200
    return render(request, "releases/codes_page/codes.html", page, status=status)


def _supply(context: ReleaseContext, tracks: list[ReleaseTrack]) -> dict[str, Any]:
    """Return what can be given out here. Three queries at most."""
    label, release = context.desk.label, context.release
    settings = settings_of(label)
    lacking = [track for track in tracks if track.line == Line.SUBMISSION and not track.isrc]
    return {
        "settings": settings,
        "is_proposed": not release.catalogue_number and bool(settings.number_pattern),
        "next_upc": None if release.upc else Barcode.objects.free(label).first(),
        "lacking": len(lacking),
    }
