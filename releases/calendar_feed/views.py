"""The page of a member's calendar address, and the calendar itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from kit.htmx import see_other
from labels.access import desk_of
from releases.calendar_feed.address import feed_at, is_open, open_feed, revoke, token_of
from releases.calendar_feed.calendar import calendar_of
from releases.desk_context import page_context, today_at
from releases.models import CalendarFeed


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_address(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the reader's address; make one, replace it or revoke it."""
    desk = desk_of(request.user, slug)
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act in ("replace", "revoke"):
            revoke(request.user, desk.label)
        if act != "revoke":
            open_feed(request.user, desk.label)
        messages.success(
            request, "The address no longer works." if act == "revoke" else "Your address is ready."
        )
        return see_other("releases:calendar", slug)
    feed = CalendarFeed.objects.of(request.user, desk.label).first()
    page = {**page_context(desk), "feed": feed, "token": token_of(feed) if feed else ""}
    page["base"] = request.build_absolute_uri("/").rstrip("/")
    return render(request, "releases/calendar_feed/calendar.html", page)


@login_not_required
@require_safe
def calendar_show(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar: 404 for a wrong address, 410 for one that was revoked."""
    feed = feed_at(token)
    if feed is None:
        raise Http404
    if not is_open(feed):
        return HttpResponse("This calendar address no longer works.\n", status=410, content_type="text/plain")
    base = request.build_absolute_uri("/").rstrip("/")
    text = calendar_of(feed.label, feed.user, today=today_at(feed.label), base=base)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Disposition"] = 'inline; filename="releases.ics"'
    return response
