from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from kit import pages
from kit.clock import now
from kit.forms import CleanText
from submissions.models.queries import SubmissionQuerySet
from submissions.producer_pages import board, listing

VIEWS = ("board", "table")
ROWS = 24


class SearchForm(CleanText, forms.Form):
    q = forms.CharField(
        label="Search",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, label or reference"}),
    )


@require_safe
def submission_list(request: SignedInRequest) -> HttpResponse:
    """A producer's own submissions: a board by whose turn it is, or a table, a tab at a time."""
    form, query = SearchForm(request.GET), request.GET
    is_valid = form.is_valid()
    text = form.cleaned_data.get("q", "")
    rows = listing.own(request.user, text) if is_valid else listing.own(request.user).none()
    tab = query.get("tab", "")
    view = query.get("view") or ("table" if tab else "board")
    look = _table if view == "table" else _board
    context = {
        "form": form,
        "text": text,
        "view": view if view in VIEWS else "board",
        **look(request, rows, tab if tab in listing.TABS else "all"),
    }
    return render(request, "submissions/producer_pages/list.html", context, status=200 if is_valid else 422)


def _board(request: SignedInRequest, rows: SubmissionQuerySet, current: str) -> dict[str, Any]:
    tabs = listing.tabs(rows, current)
    return {"tabs": tabs, "current": current, "columns": board.columns(rows, tabs, now())}


def _table(request: SignedInRequest, rows: SubmissionQuerySet, current: str) -> dict[str, Any]:
    found = listing.in_tab(rows, current).prefetch_related("label__suspensions")
    page = pages.page(found, request.GET, order=board.NEWEST_FIRST, size=ROWS)
    tabs = listing.tabs(rows, current)
    return {"tabs": tabs, "current": current, "page": page, "cards": listing.cards(page.items, now())}
