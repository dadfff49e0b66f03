"""The list of recordings on all shelves that a person may see, and tempos set right for many at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from kit import pages
from kit.htmx import see_other
from kit.routes import url_for
from recordings.access import SeenShelf, shelves_of
from recordings.facts.service import correct_tempos
from recordings.list_page.forms import ListFilter
from recordings.list_page.page import rows_of
from recordings.list_page.selection import SelectionError, list_query, read_selection, words_of
from recordings.list_page.term_table import TERMS
from recordings.models import Recording
from recordings.tempo_buttons import TEMPO_BUTTONS

SIZE = 50


@require_safe
def recording_list(request: SignedInRequest) -> HttpResponse:
    """List recordings as the filter asks."""
    return _page(request, request.GET, shelves_of(request.user))


@require_POST
def tempos_correct(request: SignedInRequest) -> HttpResponse:
    """Set the tempos of selected recordings right, or of all that the list finds."""
    shelves = shelves_of(request.user)
    changeable = [each for each in shelves if each.may_change]
    if not changeable:
        shelves[0].require_change()
    try:
        correction, rows = read_selection(request.POST, changeable)
    except SelectionError as wrong:
        return _page(request, request.POST, shelves, sentence=str(wrong))
    result = correct_tempos(rows, correction, by=request.user)
    level = messages.WARNING if result.left else messages.SUCCESS
    messages.add_message(request, level, words_of(correction, result))
    return see_other(f"{url_for('recordings:list')}?{list_query(request.POST)}")


def _page(
    request: SignedInRequest, data: QueryDict, shelves: Sequence[SeenShelf], sentence: str = ""
) -> HttpResponse:
    form = ListFilter(data, shelves=shelves)
    is_valid = form.is_valid()
    context = {"form": form, "controls": form, "here": "list", "terms": TERMS, "sentence": sentence}
    if is_valid:
        context |= _found(form, shelves)
    status = 200 if is_valid and not sentence else 422
    return render(request, "recordings/list_page/list.html", context, status=status)


def _found(form: ListFilter, shelves: Sequence[SeenShelf]) -> dict[str, Any]:
    query = form.query
    parts = query.narrow(Recording.objects.listed(), shelves)
    page = pages.page_of_parts(parts, form.page_query(), order=query.order, size=SIZE)
    return {
        "page": page,
        "rows": rows_of(page.items, shelves),
        "query": query,
        "text": query.text,
        "controls": ListFilter.of(query, shelves),
        "tempo_buttons": TEMPO_BUTTONS,
        "may_change": any(each.may_change for each in shelves),
    }
