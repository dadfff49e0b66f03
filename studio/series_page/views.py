"""The tracklist that a series works through."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from accounts.requests import SignedInRequest
from kit import attempts
from kit.forms import KeyedForm
from kit.htmx import answer, see_other, target_of
from kit.routes import url_for
from studio.access import SeenPack, pack_of
from studio.choices import Act, PackKind
from studio.forms import Outcome, attempt
from studio.models import Entry, StudioEvent
from studio.series_page.forms import EntryOrderForm, LinesForm, LinkForm, MarkForm
from studio.series_page.page import lines_of, new_key, page_of
from studio.series_page.service import begin_entry

ORDER_BASE = "order-base"
SONGS = "studio/series_page/_songs.html"
EXPIRED = "This page has expired. Try again."


@require_safe
def tracklist_show(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the tracklist, all of it or the lines of one mark."""
    return _page(request, _series_of(request, code))


@require_POST
def entries_add(request: SignedInRequest, code: str) -> HttpResponse:
    """Add pasted lines."""
    seen = _series_of(request, code)
    seen.require(Act.ADD_ENTRIES)
    outcome = attempt(LinesForm(request.POST), seen.pack, Act.ADD_ENTRIES, request.user)
    if outcome.event is None:
        return _page(request, seen, outcome, form=outcome.form)
    many = len(outcome.event.details["entries"])
    messages.success(request, f"{many} song{'' if many == 1 else 's'} added.")
    return see_other("studio:tracklist", code)


@require_POST
def entries_order(request: SignedInRequest, code: str) -> HttpResponse:
    """Put the lines in another order; a refusal answers with the songs as they are now."""
    seen = _series_of(request, code)
    seen.require(Act.ORDER_ENTRIES)
    outcome = attempt(EntryOrderForm(request.POST), seen.pack, Act.ORDER_ENTRIES, request.user)
    if target_of(request) != ORDER_BASE:
        return (
            _page(request, seen, outcome) if outcome.event is None else see_other(f"{_list_url(seen)}#songs")
        )
    if outcome.event:  # the list stands in that order already: another press may be on its way
        return answer(request, "studio/_order_base.html", {"key": new_key(), "saved": True})
    said = page_of(seen) | {"key": new_key(), "sentence": _sentence_of(outcome), "is_partial": True}
    return retarget(reswap(answer(request, SONGS, said, status=outcome.status), "outerHTML"), "#songs")


@require_POST
def entry_mark(request: SignedInRequest, code: str, entry: int) -> HttpResponse:
    """Mark a line in one press."""
    seen = _series_of(request, code)
    seen.require(Act.MARK_ENTRY)
    outcome = attempt(MarkForm(request.POST), seen.pack, Act.MARK_ENTRY, request.user, entry=entry)
    return _done(request, seen, entry, outcome)


@require_POST
def entry_begin(request: SignedInRequest, code: str, entry: int) -> HttpResponse:
    """Begin a project of a line in one press."""
    seen = _series_of(request, code)
    seen.require(Act.MARK_ENTRY)
    form = KeyedForm(request.POST)

    def beginning(**carried: Any) -> StudioEvent:
        return begin_entry(seen.pack, entry, user=request.user, **carried)

    return _done(request, seen, entry, attempts.attempt(form, beginning, lambda: form))


@require_safe
def entry_show(request: SignedInRequest, code: str, entry: int) -> HttpResponse:
    """Show what is done to a line less often: a project linked, the line removed."""
    seen = _series_of(request, code)
    seen.require(Act.MARK_ENTRY)
    return _entry_page(request, seen, entry)


@require_POST
def entry_link(request: SignedInRequest, code: str, entry: int) -> HttpResponse:
    """Say which project of the series a line is made in."""
    seen = _series_of(request, code)
    seen.require(Act.MARK_ENTRY)
    form = LinkForm(request.POST, pack=seen.pack)
    outcome = attempt(form, seen.pack, Act.MARK_ENTRY, request.user, entry=entry)
    if outcome.event is None:
        return _entry_page(request, seen, entry, outcome)
    return see_other(_url(seen, entry))


@require_POST
def entry_remove(request: SignedInRequest, code: str, entry: int) -> HttpResponse:
    seen = _series_of(request, code)
    seen.require(Act.REMOVE_ENTRY)
    outcome = attempt(KeyedForm(request.POST), seen.pack, Act.REMOVE_ENTRY, request.user, entry=entry)
    if outcome.event is None:
        return _page(request, seen, outcome)
    messages.success(request, "The song is removed from the tracklist.")
    return see_other("studio:tracklist", code)


def _series_of(request: SignedInRequest, code: str) -> SeenPack:
    """Return a series that somebody may see; Http404 for other packs, which have no tracklist."""
    seen = pack_of(request.user, code)
    if seen.pack.kind != PackKind.SERIES:
        raise Http404
    return seen


def _done(request: SignedInRequest, seen: SeenPack, entry: int, outcome: Outcome) -> HttpResponse:
    """Answer with the line as it is now, or go to it; a refusal is shown above the list."""
    if target_of(request) != f"entry-{entry}":
        return see_other(_url(seen, entry)) if outcome.event else _page(request, seen, outcome)
    page = page_of(seen)
    line = next((each for each in page["lines"] if each.entry.number == entry), None)
    said = {"line": line, "number": entry, "sentence": _sentence_of(outcome), "is_partial": True}
    status = 200 if outcome.event else outcome.status
    return answer(request, "studio/series_page/_line_answer.html", page | said, status=status)


def _page(
    request: SignedInRequest, seen: SeenPack, outcome: Outcome | None = None, **more: Any
) -> HttpResponse:
    page = page_of(seen, request.GET.get("mark", ""))
    sentence = (outcome.sentence if more else _sentence_of(outcome)) if outcome else ""
    said = {"sentence": sentence, "form": LinesForm(), "key": new_key(), **more}
    status = outcome.status if outcome else 200
    return render(request, "studio/series_page/tracklist.html", page | said, status=status)


def _sentence_of(outcome: Outcome) -> str:
    """Return why a button did nothing; one that is wrong comes from an old page."""
    return outcome.sentence or ("" if outcome.event else EXPIRED)


def _entry_page(
    request: SignedInRequest, seen: SeenPack, number: int, outcome: Outcome | None = None
) -> HttpResponse:
    found = Entry.objects.filter(pack=seen.pack, number=number).select_related("project__track").first()
    if found is None:
        raise Http404
    form = outcome.form if outcome else LinkForm(pack=seen.pack, initial={"project": found.project})
    page = {
        "seen": seen,
        "pack": seen.pack,
        "line": lines_of(seen, [found])[0],
        "form": form,
        "sentence": outcome.sentence if outcome else "",
    }
    status = outcome.status if outcome else 200
    return render(request, "studio/series_page/entry.html", page, status=status)


def _url(seen: SeenPack, entry: int) -> str:
    return f"{_list_url(seen)}#entry-{entry}"


def _list_url(seen: SeenPack) -> str:
    return url_for("studio:tracklist", seen.pack.code)
