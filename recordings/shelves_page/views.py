"""The shelves that a person may see, and their files that need somebody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from kit.htmx import answer
from recordings.access import shelves_of
from recordings.models import File
from recordings.shelves_page.forms import FileFilter
from recordings.shelves_page.page import shelf_cards

SIZE = 50
ORDER = ("-id",)


@require_safe
def shelf_list(request: SignedInRequest) -> HttpResponse:
    """Show each shelf with the last look at its folder; the page asks again while one goes on."""
    cards = shelf_cards(shelves_of(request.user))
    context = {
        "cards": cards,
        "here": "shelves",
        "is_busy": any(each.is_scanned or each.is_read for each in cards),
    }
    page = "recordings/shelves_page/shelves.html"
    return answer(request, page, context, partials={"shelves": "recordings/shelves_page/_shelves.html"})


@require_safe
def file_list(request: SignedInRequest) -> HttpResponse:
    """List files in one state, those seen last first, with what is wrong in words."""
    shelves = shelves_of(request.user)
    form = FileFilter(request.GET, shelves=shelves)
    context = {"form": form, "here": "shelves", "state": None}
    if not form.is_valid():
        return render(request, "recordings/shelves_page/files.html", context, status=422)
    rows = File.objects.filter(state=form.chosen_state)
    parts = [rows.filter(shelf=each.shelf) for each in form.chosen_shelves]
    page = pages.page_of_parts(parts, request.GET, order=ORDER, size=SIZE)
    names = {each.shelf.pk: each.shelf.name for each in shelves}
    codes = File.objects.filter(pk__in=[each.pk for each in page]).values_list("pk", "recording__reference")
    context |= {"page": page, "names": names, "codes": dict(codes), "state": form.chosen_state}
    return render(request, "recordings/shelves_page/files.html", context)
