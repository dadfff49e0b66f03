"""Where somebody is signed in, and what to do when it was not them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import factor_detour, not_me, record
from accounts.requests import SignedInRequest
from accounts.session_list import end_other_sessions, end_session, open_sessions
from kit.htmx import see_other


@require_safe
def session_list(request: SignedInRequest) -> HttpResponse:
    """Show where the reader is signed in."""
    rows = open_sessions(request.user, request.session.session_key)
    return render(request, "accounts/sessions.html", {"rows": rows})


@require_POST
def session_end(request: SignedInRequest) -> HttpResponse:
    """Sign out one other browser."""
    if end_session(request.user, request.POST.get("session", "")):
        record.tell("sessions_ended", actor=request.user, person=request.user)
        messages.success(request, "That browser is signed out.")
    else:
        messages.info(request, "That browser was signed out already.")
    return see_other("accounts:sessions")


@require_POST
def session_end_others(request: SignedInRequest) -> HttpResponse:
    """Sign out every browser but this one."""
    count = end_other_sessions(request.user, request.session.session_key)
    record.tell("sessions_ended", actor=request.user, person=request.user, count=count)
    messages.success(request, "You are signed out everywhere else.")
    return see_other("accounts:sessions")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_secure(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever got a mail whether it was not them, then end every session and lead to a new password."""
    person = not_me.person_in(token)
    if person is None:
        return render(request, "accounts/not_me.html", {"person": None}, status=404)
    if request.method != "POST":
        return render(request, "accounts/not_me.html", {"person": person})
    path = not_me.lock_out(person)
    record.tell("sessions_ended", actor=person, person=person)
    request.session.flush()
    return see_other(path)


@require_POST
def factors_begin(request: SignedInRequest) -> HttpResponse:
    """Lead to setting up two-factor sign-in, and remember where the reader was going."""
    factor_detour.begin(request, request.POST.get("next"))
    return see_other("mfa_index")


@require_POST
def factors_done(request: SignedInRequest) -> HttpResponse:
    """Lead back to where the reader was going."""
    return see_other(factor_detour.end(request) or "mfa_index")
