"""What to do next: the page on which the studio opens."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from studio.next_page.page import items_of
from studio.state_form import StateForm
from studio.state_moves import move


@require_http_methods(["GET", "HEAD", "POST"])
def next_show(request: SignedInRequest) -> HttpResponse:
    """Show what to do next, or move a project of which all steps are done."""
    if request.method != "POST":
        return _page(request)
    form = StateForm(request.POST)
    if not form.is_valid():
        return _page(request, form.sentence, status=422)
    moved = move(request.user, form.picks, key=form.cleaned_data["key"])
    moved.require_some()
    if not moved.done:
        return _page(request, moved.words, status=409)
    messages.success(request, moved.words)
    return see_other("studio:next")


def _page(request: SignedInRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    context = {
        "here": "next",
        "items": items_of(request.user),
        "form": StateForm(),
        "sentence": sentence,
    }
    return render(request, "studio/next_page/next.html", context, status=status)
