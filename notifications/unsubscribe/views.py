"""The page behind the link in each mail that stops mails like it; works without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.unsubscribe import links
from notifications.unsubscribe.service import stop


@csrf_exempt  # a mail program posts here by itself; the signed link is the permission
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop mails of a kind, or stop them; a POST is answered without a redirect, as RFC 8058 wants."""
    asked = links.read(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        stop(asked)
    context = {"kind": asked.kind, "label": asked.label, "is_done": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
