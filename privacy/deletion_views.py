"""Deleting one's account: what goes, what stays, and the way back."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from privacy.deletion import service as deletion
from privacy.forms import DeleteForm
from privacy.views import person_only


@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: SignedInRequest) -> HttpResponse:
    """Say what goes and what stays; a POST, by who has just proven who they are, lets the week begin."""
    person_only(request)
    return _ask(request) if request.method == "POST" else _page(request, DeleteForm(person=request.user))


@reauthentication_required
def _ask(request: SignedInRequest) -> HttpResponse:
    form = DeleteForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        deletion.ask(request.user)
    except deletion.Refused as refusal:
        return _page(request, form, sentence=str(refusal), status=409)
    messages.warning(request, "Your account will be deleted in 7 days. You can keep it until then.")
    return see_other("privacy:delete")


@require_POST
def account_keep(request: SignedInRequest) -> HttpResponse:
    """Keep the account after all."""
    person_only(request)
    try:
        was_leaving = deletion.keep(request.user)
    except deletion.Refused as refusal:
        messages.error(request, str(refusal))
        return see_other("privacy:delete")
    if was_leaving:
        messages.success(request, "You keep your account. Nothing was deleted.")
    return see_other("accounts:settings")


def _page(
    request: SignedInRequest, form: DeleteForm, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "sentence": sentence,
        "labels": deletion.labels_without(request.user),
        "counts": deletion.consequences(request.user),
        "support_email": settings.SUPPORT_EMAIL,
    }
    return render(request, "privacy/delete.html", context, status=status)
