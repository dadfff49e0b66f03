"""The way back to a form that was kept when its session had ended: to its page, filled in, or to its text alone."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import unsent_forms
from accounts.form_refill import refill
from accounts.requests import SignedInRequest, person_of
from accounts.unsent_forms import PARAMETER, UnsentForm

GONE = "What you typed was kept for an hour, and is gone now."
SOMEBODY_ELSES = "What was typed here before belongs to another account. Only that person can see it."
Handler = Callable[[HttpRequest], HttpResponse]


@require_safe
def unsent_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Redirect the author to the page they typed on; `text` shows what they typed, for a page that is gone."""
    unsent = unsent_forms.read(code)
    if unsent and unsent.is_by(person_of(request)):
        if "text" in request.GET:
            return render(request, "accounts/unsent_form.html", {"unsent": unsent})
        return redirect(_address(unsent.page, code))
    messages.warning(request, SOMEBODY_ELSES if unsent else GONE)
    return redirect("home")


def refill_forms(get_response: Handler) -> Handler:
    """Middleware: fill in the form that a page's address names, for its author alone.

    Where the page does not show the form, its own address may (a panel opened on the page); else the text is shown.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        code = request.GET.get(PARAMETER, "")
        unsent = unsent_forms.read(code) if code and request.method == "GET" else None
        if unsent and request.user.is_authenticated and unsent.is_by(person_of(request)):
            return _refilled(request, response, unsent, code)
        return response

    return handle


def _refilled(request: HttpRequest, response: HttpResponse, unsent: UnsentForm, code: str) -> HttpResponse:
    def notice(left: list[str]) -> str:
        return render_to_string("accounts/_unsent_notice.html", {"unsent": unsent, "left": left})

    is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
    page = refill(response.content.decode(), request.path, unsent, notice) if is_page else None
    if page is not None:
        response.content = page.encode()
        return response
    here = _address(unsent.path, code).partition("#")[0]
    if request.get_full_path() != here:
        return redirect(_address(unsent.path, code))
    return redirect(f"{reverse('accounts:unsent', args=[code])}?text")


def _address(path: str, code: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={code}#unsent"
