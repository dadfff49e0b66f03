"""A person's notifications, newest first."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Count, Max, Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import return_path
from accounts.models import User
from accounts.requests import SignedInRequest
from kit.clock import now
from kit.htmx import see_other, target_of
from kit.pages import PageStatements
from kit.routes import is_open
from kit.statements import Statement, param
from labels.models import Label
from notifications.bounces.service import refusal_of
from notifications.forms import ReadForm
from notifications.models import Delivery
from notifications.sentences import sentence_of
from submissions.models import Event, Submission

NEWEST_FIRST = ("-created_at", "-id")
SIZE = 50
"""Notifications on a page."""


@require_safe
def delivery_list(request: SignedInRequest) -> HttpResponse:
    """List a person's notifications, those about one submission as one; opening the page marks none as read."""
    page = _own(SIZE).page(request.GET, user=request.user.pk)
    unread = unread_of(request.user)
    request.unread_count = unread["count"]  # type: ignore[attr-defined]  # the bell shows the same number
    context: dict[str, Any] = {
        "page": page,
        "rows": list(map(_row, page)),
        "unread": unread,
        "refusal": refusal_of(request.user),
    }
    return render(request, "notifications/list.html", context)


def _row(delivery: Delivery) -> dict[str, Any]:
    """Return what the list draws; a notice of an app that is switched off meanwhile leads nowhere."""
    sentence = sentence_of(delivery)
    leads_on = delivery.notice is None or is_open(sentence.path)
    return {"delivery": delivery, "sentence": sentence, "leads_on": leads_on}


@cache
def _own(size: int) -> PageStatements[Delivery]:
    user = param("user")
    rows = Delivery.objects.page_of(user).newest_about_each(user).with_subject().defer(*_unshown())
    return PageStatements(rows, order=NEWEST_FIRST, size=size)


SHOWN = {
    Submission: ("id", "reference", "producer", "label", "track", "state", "title", "mix", "artist"),
    Event: ("id", "submission", "transition", "to_state", "actor", "acted_by", "actor_role", "private"),
    Label: ("id", "name", "slug", "shows_names"),
    User: ("id", "name", "email"),
}
"""Columns that sentences read."""
READ: Mapping[type[Model], tuple[str, ...]] = MappingProxyType(
    {
        Submission: ("submission", *(f"{path}__submission" for path in ("event", "notice", "reminder"))),
        Event: ("event",),
        Label: ("label", "submission__label", "event__submission__label", "notice__label"),
        User: ("event__actor", "event__acted_by", "notice__who", "message__author", "message__acted_by"),
    }
)
"""Where a notification leads to rows of these."""


def _unshown() -> Iterator[str]:
    for model, paths in READ.items():
        names = [each.name for each in model._meta.concrete_fields if each.name not in SHOWN[model]]
        yield from (f"{path}__{name}" for path in paths for name in names)


def unread_of(user: User) -> dict[str, int | None]:
    """Return how many notifications a person has not read, and the newest of them. One query."""
    count, newest = next(iter(_unread().rows(user=user.pk)), (0, None))
    return {"count": count, "newest": newest}


@cache
def _unread() -> Statement[Delivery]:
    unread = Delivery.objects.unread_by(param("user")).order_by().values("person")
    return Statement(unread.annotate(count=Count("pk"), newest=Max("pk")).values_list("count", "newest"))


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
