"""The board of a label's releases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from labels.access import desk_of
from releases.board.page import page_of


@require_safe
def release_board(request: SignedInRequest, slug: str) -> HttpResponse:
    return render(request, "releases/board/board.html", page_of(desk_of(request.user, slug)))
