"""A person's notifications, newest first."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import return_path
from accounts.requests import SignedInRequest
from kit import pages
from kit.clock import now
from kit.htmx import see_other, target_of
from notifications.bounces.service import refusal_of
from notifications.forms import ReadForm
from notifications.models import Delivery
from notifications.sentences import sentence_of

NEWEST_FIRST = ("-created_at", "-id")


@require_safe
def delivery_list(request: SignedInRequest) -> HttpResponse:
    """List a person's notifications, those about one submission as one; opening the page marks none as read."""
    own = Delivery.objects.page_of(request.user).newest_about_each(request.user).with_subject()
    page = pages.page(own, request.GET, order=NEWEST_FIRST)
    unread = Delivery.objects.unread_by(request.user).aggregate(count=Count("id"), newest=Max("id"))
    request.unread_count = unread["count"]  # type: ignore[attr-defined]  # the bell shows the same number
    context: dict[str, Any] = {
        "page": page,
        "rows": [{"delivery": each, "sentence": sentence_of(each)} for each in page],
        "unread": unread,
        "refusal": refusal_of(request.user),
    }
    return render(request, "notifications/list.html", context)


@require_POST
def delivery_mark_read(request: SignedInRequest) -> HttpResponse:
    """Mark one notification as read, all up to the newest one on the page, or those about one submission up to it."""
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Say which notifications you have read.")
    shown, asked = Delivery.objects.page_of(request.user), form.cleaned_data
    if one := asked["notification"]:
        shown = shown.filter(pk=get_object_or_404(shown, pk=one).pk)
    elif reference := asked["submission"]:
        shown = shown.about(reference).filter(pk__lte=asked["up_to"])
    else:
        shown = shown.filter(pk__lte=asked["up_to"])
    shown.filter(read_at=None).update(read_at=now())
    if target_of(request):
        return render(request, "notifications/_unread.html")
    query = request.GET.urlencode()
    page = reverse("notifications:list") + (f"?{query}" if query else "")
    return see_other(return_path.safe_path(asked["back"]) or page)
