"""Songs imported from a pasted list or a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from studio.choices import PackKind
from studio.imports.columns import MEANINGS, Sheet
from studio.imports.forms import ListForm
from studio.imports.lines import MOST_LINES
from studio.imports.list_reader import COLUMNS, Reading, read_list
from studio.imports.preview import done, pack_at, page_of, preview_of
from studio.imports.service import choice_for
from studio.models import Pack

PAGE = "studio/imports/list.html"


@require_http_methods(["GET", "HEAD", "POST"])
def list_import(request: SignedInRequest, code: str = "") -> HttpResponse:
    """Read a list, show what was read, and import what is chosen of it."""
    into = pack_at(request, code)
    if request.method != "POST":
        return render(request, PAGE, page_of("list", into, form=ListForm()))
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, PAGE, page_of("list", into, form=form), status=422)
    reading = _reading(request, form)
    if len(reading.lines) > MOST_LINES:
        form.add_error(
            "text", f"This list has {len(reading.lines)} songs. Import at most {MOST_LINES} at once."
        )
        return render(request, PAGE, page_of("list", into, form=form), status=422)
    return _answer(request, into, form, reading)


def _answer(request: SignedInRequest, into: Pack | None, form: ListForm, reading: Reading) -> HttpResponse:
    choice = choice_for(into, request.user, reading.lines)
    usual = {"kind": PackKind.PACK}
    preview = preview_of(request, into, choice, usual, is_shown="stamp" in request.POST)
    if preview.event:
        return done(request, preview)
    page = page_of(
        "list",
        into,
        form=form,
        preview=preview,
        reading=reading,
        columns=_columns(reading.sheet) if reading.sheet else [],
        meanings=MEANINGS,
        sentence=preview.sentence,
    )
    return render(request, PAGE, page, status=preview.status)


def _reading(request: SignedInRequest, form: ListForm) -> Reading:
    """Read the list as the page says; what it says of columns counts while there are as many."""
    said, data = form.cleaned_data, request.POST
    usual = {"layout": said["layout"], "artist": said["line_artist"]}
    reading = read_list(said["text"], **usual)
    if reading.sheet is None or data.get("columns") != str(len(reading.sheet.meanings)):
        return reading
    known = dict(MEANINGS)
    meanings = [data.get(f"column-{at}", "") for at in range(len(reading.sheet.meanings))]
    meanings = [each if each in known else "" for each in meanings]
    return read_list(
        said["text"],
        COLUMNS,
        meanings=meanings,
        artist=said["line_artist"],
        has_head="has_head" in data,
    )


def _columns(sheet: Sheet) -> list[dict[str, Any]]:
    """Return a row for each column: its name in the form, a sample, and what it holds."""
    return [
        {"name": f"column-{at}", "sample": sample[:60], "meaning": meaning}
        for at, (sample, meaning) in enumerate(zip(sheet.samples(), sheet.meanings, strict=True))
    ]
