"""A member's own keys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from desk.keys.forms import KeysForm
from kit.htmx import see_other
from labels.access import desk_of


@require_http_methods(["GET", "HEAD", "POST"])
def member_keys(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the keys of the desk, or change the member's own, which hold at every desk."""
    desk = desk_of(request.user, slug)
    if request.method != "POST":
        return _page(request, desk.label, KeysForm(user=request.user))
    if "reset" in request.POST:
        request.user.shortcuts = {}
        request.user.save(update_fields=["shortcuts"])
        messages.success(request, "The keys are as they were at first.")
        return see_other("desk:keys", slug=slug)
    form = KeysForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, desk.label, form, status=422)
    form.save()
    messages.success(request, "Your keys are saved.")
    return see_other("desk:keys", slug=slug)


def _page(request: SignedInRequest, label: object, form: KeysForm, *, status: int = 200) -> HttpResponse:
    return render(request, "desk/keys/keys.html", {"label": label, "form": form}, status=status)
