"""Where and since when a session is signed in: written into the session, and told by mail where the browser is new."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts import known_browsers
from accounts.models import User
from accounts.requests import address_of
from kit.clock import now

KEY = "signed_in"
LONGEST = 200
NOTICE = "accounts/email/new_browser"


def agent_of(request: HttpRequest) -> str:
    """Return what the browser says of itself."""
    return request.headers.get("User-Agent", "")[:LONGEST]


def write(request: HttpRequest) -> None:
    """Write down in the session how it was signed in."""
    request.session[KEY] = {
        "at": now().isoformat(),
        "address": address_of(request),
        "agent": agent_of(request),
    }


def read(data: dict[str, Any]) -> tuple[datetime | None, str, str]:
    """Return when, from which address and with which browser a session's data was signed in."""
    kept = data.get(KEY) or {}
    at = datetime.fromisoformat(kept["at"]) if kept else None
    return at, kept.get("address", ""), kept.get("agent", "")


def count_codes(request: HttpRequest, user: User) -> None:
    """Say how many recovery codes are left, to whoever signed in with one."""
    used = get_authentication_records(request, user)[-1:]
    if not used or used[0].get("type") != Authenticator.Type.RECOVERY_CODES:
        return
    left = len(Authenticator.objects.get(pk=used[0]["id"]).wrap().get_unused_codes())
    words = "no recovery code is" if not left else f"{left} recovery code{' is' if left == 1 else 's are'}"
    sentence = f"You signed in with a recovery code: {words} left."
    link = reverse("mfa_generate_recovery_codes")
    messages.warning(request, format_html('{} <a href="{}">Make new codes</a>', sentence, link))


def tell_of_new_browser(request: HttpRequest, user: User) -> None:
    """Mail the person that somebody signed in, unless they did in this browser before."""
    if not known_browsers.is_known(request, user):
        get_adapter().send_notification_mail(NOTICE, user)
