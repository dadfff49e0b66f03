"""The demo's mails, for anyone to read: who signs up finds the mail that confirms the address here.

In the urlconf only while DEMO is on; each view looks again.
"""

from collections.abc import Callable
from functools import wraps
from itertools import dropwhile, islice
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from demo import mailbox
from demo.mailbox import Mail
from kit.pages import Page

SIZE = 50
SANDBOX = (
    "sandbox allow-popups allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Let anyone in while DEMO is on, nobody while it is off."""

    @wraps(view)
    def guarded(request: HttpRequest, **names: str) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **names)

    return login_not_required(require_safe(guarded))


@demo_only
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the newest mails, or those to one address."""
    to, after = request.GET.get("to", "").strip(), request.GET.get("after", "")
    found = mailbox.mails(to)
    if after:
        found = islice(dropwhile(lambda mail: mail.name != after, found), 1, None)
    window = list(islice(found, SIZE + 1))
    mails, more = window[:SIZE], len(window) > SIZE
    next_url = "?" + urlencode({"to": to, "after": mails[-1].name}) if more else ""
    page: Page[Any] = Page([], next_url, "?" + urlencode({"to": to}) if after else "")
    return render(request, "demo/mail_list.html", {"mails": mails, "page": page, "to": to})


@demo_only
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": _mail(name)})


@xframe_options_sameorigin
@demo_only
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a mail's HTML by itself, in a sandbox that runs nothing and opens links in the whole window."""
    html = _mail(name).html.replace("<head>", '<head><base target="_top">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": SANDBOX})


def _mail(name: str) -> Mail:
    mail = mailbox.find(name)
    if mail is None:
        raise Http404
    return mail
