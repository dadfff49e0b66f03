"""The table of a person's projects."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedInRequest
from kit import pages
from kit.htmx import see_other
from kit.routes import url_for
from studio.cards import cards_of
from studio.choices import State
from studio.list_page.forms import TableFilter
from studio.list_page.term_table import TERMS
from studio.state_form import StateForm
from studio.state_moves import move

SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def project_list(request: SignedInRequest) -> HttpResponse:
    """List projects as the filter asks, or move those that are selected to another state."""
    return _moved(request) if request.method == "POST" else _page(request, request.GET)


def _moved(request: SignedInRequest) -> HttpResponse:
    form = StateForm(request.POST)
    if not form.is_valid():
        return _page(request, request.POST, form.sentence, status=422)
    moved = move(request.user, form.picks, key=form.cleaned_data["key"])
    moved.require_some()
    if not moved.done:
        return _page(request, request.POST, moved.words, status=409)
    level = messages.WARNING if moved.left or moved.forbidden else messages.SUCCESS
    messages.add_message(request, level, moved.words)
    return see_other(f"{url_for('studio:list')}?{_asked(request.POST).urlencode()}")


def _asked(data: QueryDict) -> QueryDict:
    """Return what a posted form says of the list around it; `state` is where projects go there."""
    asked = QueryDict(mutable=True)
    asked.update({name: str(data[name]) for name in ("q", "after", "before") if data.get(name)})
    return asked


def _page(request: SignedInRequest, data: QueryDict, sentence: str = "", status: int = 200) -> HttpResponse:
    form = TableFilter(data if request.method != "POST" else _asked(data))
    is_valid = form.is_valid()
    context = {"form": form, "controls": form, "here": "list", "terms": TERMS, "sentence": sentence}
    if is_valid:
        context |= _found(request.user, form)
    return render(request, "studio/list_page/list.html", context, status=status if is_valid else 422)


def _found(user: User, form: TableFilter) -> dict[str, Any]:
    query = form.query
    page = pages.page_of_parts(query.narrow(user), form.page_query(), order=query.order, size=SIZE)
    cards = cards_of(page.items)
    return {
        "page": page,
        "cards": cards,
        "may_move": any(card.may_move for card in cards),
        "states": State,
        "state_form": StateForm(),
        "text": query.text,
        "narrows": query.narrows,
        "controls": TableFilter.of(query),
    }
