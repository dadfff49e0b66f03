"""The page on which somebody changes their own keys, at whatever address."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from accounts.keys.forms import KeysForm
from accounts.requests import SignedInRequest
from kit.htmx import SeeOther, answer


def answer_keys(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show the form of the reader's keys, or change them and come back to this page.

    `context` may name a `place`, whose keys come first; the others are folded away. The dialog of the pages there
    gets the list of their keys, without a place the desk's.
    """
    if request.method != "POST":
        shown = {**context, "form": KeysForm(user=request.user), "keys_url": request.path}
        return answer(request, template, shown, partials={"key-list": "components/_key_list.html"})
    if "reset" in request.POST:
        request.user.shortcuts = {}
        request.user.save(update_fields=["shortcuts"])
        messages.success(request, "The keys are as they were at first.")
        return SeeOther(request.path)
    form = KeysForm(request.POST, user=request.user)
    if not form.is_valid():
        return render(request, template, {**context, "form": form}, status=422)
    form.save()
    messages.success(request, "Your keys are saved.")
    return SeeOther(request.path)
