"""The board of a person's projects."""

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import answer, see_other
from studio.board.page import page_of
from studio.state_form import StateForm
from studio.state_moves import move

PARTIALS = {"board": "studio/board/_swap.html"}


@require_http_methods(["GET", "HEAD", "POST"])
def board_show(request: SignedInRequest) -> HttpResponse:
    """Show the board, or move projects to another column."""
    return _moved(request) if request.method == "POST" else _page(request)


def _moved(request: SignedInRequest) -> HttpResponse:
    form = StateForm(request.POST)
    if not form.is_valid():
        return _page(request, form.sentence, status=422)
    moved = move(request.user, form.picks, key=form.cleaned_data["key"])
    moved.require_some()
    if not moved.done:
        return _page(request, moved.words, status=409)
    messages.add_message(
        request, messages.WARNING if moved.left or moved.forbidden else messages.SUCCESS, moved.words
    )
    return see_other("studio:board")


def _page(request: SignedInRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    context = {**page_of(request.user), "sentence": sentence}
    return answer(request, "studio/board/board.html", context, partials=PARTIALS, status=status)
