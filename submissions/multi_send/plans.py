"""A sending in the making, kept until it is sent: everything typed on its page, valid or not."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.http import QueryDict

from accounts.models import User
from catalog.models import Track
from kit.clock import now
from kit.forms import CONTROL
from submissions.models import SendPlan
from submissions.wording import clock_time

CODE = re.compile("CL-[0-9A-Z]{4}-[0-9A-Z]{4}")
TYPED = re.compile(f"note|note_name|{CODE.pattern}-(note|q[0-9]+(_[0-9]+)?)")
"""Names of the fields that people type in or tick; the others are the page's own."""


class SavedElsewhereError(Exception):
    """Another page saved the plan after this one was opened; nothing was stored."""

    def __init__(self, plan: SendPlan) -> None:
        super().__init__(f"Another tab saved this at {clock_time(plan.saved_at)}.")
        self.stamp = plan.stamp


def compose_url(track: Track, to: Iterable[str]) -> str:
    """Return the address of the page with the labels' forms."""
    return SendPlan(track=track, to=list(to)).url


def plan_of(track: Track) -> SendPlan | None:
    return SendPlan.objects.filter(track=track).first()


def plans_of(user: User) -> list[SendPlan]:
    """Return a producer's sendings in the making, the last saved first, with their tracks. One query."""
    own = SendPlan.objects.filter(track__owner=user, track__archived_at=None)
    return list(own.select_related("track").order_by("-saved_at"))


def save(track: Track, data: QueryDict, *, page: UUID | None, stamp: str) -> SendPlan:
    """Store what a page posted. Raises SavedElsewhereError if another page stored something it never showed."""
    with transaction.atomic():
        Track.objects.select_for_update(no_key=True, of=("self",)).get(pk=track.pk)
        stored = plan_of(track)
        if stored and (stored.saved_by is None or stored.saved_by != page) and stamp != stored.stamp:
            raise SavedElsewhereError(stored)
        to = [code for code in data.getlist("to") if CODE.fullmatch(code)]
        plan = SendPlan(track=track, to=to, typed=_typed(data), saved_at=now(), saved_by=page)
        plan.save(force_insert=stored is None, force_update=stored is not None)
    return plan


def discard(track: Track) -> None:
    SendPlan.objects.filter(track=track).delete()


def _typed(data: QueryDict) -> dict[str, list[str]]:
    names = [name for name in data if TYPED.fullmatch(name)]
    return {name: [CONTROL.sub("", value) for value in data.getlist(name)] for name in names}
