"""The second half of both ways to import: songs shown, chosen, and brought in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict

from accounts import limits
from accounts.requests import SignedInRequest
from kit import attempts
from kit.htmx import see_other
from studio.access import pack_of
from studio.choices import Act
from studio.imports.forms import PlaceForm
from studio.imports.lines import Choice, chosen
from studio.imports.service import import_songs
from studio.models import Pack, StudioEvent
from studio.song_sources import sources_on

ALL, NONE = "all", "none"
LIMIT = "import_songs"
CHANGED = "The songs have changed since the preview. Check them and import again."


@dataclass
class Preview:
    """Songs to choose from, where they go, and why they were not imported; `event` if they were."""

    choice: Choice
    form: PlaceForm
    status: int = 200
    sentence: str = ""
    event: StudioEvent | None = None


def pack_at(request: SignedInRequest, code: str) -> Pack | None:
    """Return the pack of the address, None for a new one. Http404 or 403 for who may not add to it."""
    if not code:
        return None
    seen = pack_of(request.user, code)
    seen.require(Act.ADD_ENTRIES)
    return seen.pack


def preview_of(
    request: SignedInRequest, into: Pack | None, choice: Choice, usual: Mapping[str, Any], *, is_shown: bool
) -> Preview:
    """Return what comes of a press: songs imported, or shown again as they were chosen.

    `usual` are the facts of a new pack that nobody changed yet; `is_shown`: the page had this form before.
    """
    data = request.POST
    is_same = data.get("stamp") == choice.stamp
    if is_same:
        choice = chosen(choice, _numbers(data, choice))
    if data.get("do") != "import":
        return Preview(
            choice, PlaceForm(user=request.user, into=into, initial=_typed(data) if is_shown else {**usual})
        )
    form = PlaceForm(data, user=request.user, into=into)
    if not is_same:
        return Preview(choice, form, 409, CHANGED)
    return _imported(request, choice, form)


def page_of(way: str, into: Pack | None, **more: Any) -> dict[str, Any]:
    """Return what the page of a way ("list", "album") shows."""
    return {"way": way, "into": into, "can_search": bool(sources_on()), **more}


def done(request: SignedInRequest, preview: Preview) -> HttpResponse:
    """Say what was imported, and show where it is."""
    count, event = len(preview.choice.picked), preview.event
    assert event
    what = "song" if event.act == Act.ADD_ENTRIES else "project"
    messages.success(request, f"Imported {count} {what}{'' if count == 1 else 's'}.")
    return see_other("studio:pack", event.pack.code) if event.pack else see_other("studio:board")


def _numbers(data: QueryDict, choice: Choice) -> list[str]:
    """Return the numbers that are selected now: all or none after such a press, else those that were ticked."""
    press = data.get("do")
    if press in (ALL, NONE):
        return [str(line.number) for line in choice.lines] if press == ALL else []
    return list(map(str, data.getlist("pick")))


def _typed(data: QueryDict) -> dict[str, str]:
    return {name: str(data[name]) for name in PlaceForm.base_fields if name in data and name != "key"}


def _imported(request: SignedInRequest, choice: Choice, form: PlaceForm) -> Preview:
    limits.check(request, LIMIT)

    def act(key: Any) -> StudioEvent:
        return import_songs(request.user, choice.picked, form.place(), key=key)

    outcome = attempts.attempt(form, act, lambda: form)
    return Preview(choice, outcome.form, outcome.status, outcome.sentence, outcome.event)
