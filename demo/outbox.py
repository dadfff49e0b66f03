"""Fills the demo's outbox: decisions prepared by a manager, one scheduled, one sent back."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from accounts.models import User
from demo.tables import read_toml
from desk.models import Proposal
from desk.outbox import changes
from desk.outbox import service as outbox_service
from kit.clock import at
from labels.models import Label
from submissions.choices import State, Transition
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.workflow import perform

WANTED = 4
"""Submissions with prepared decisions."""


def fill_outbox(label: Label, people: Mapping[str, User], today: datetime, rng: Random) -> None:
    """Prepare some decisions as the manager, one scheduled by the owner; send one of the reviewer's back."""
    manager, owner, reviewer = people["manager"], people["owner"], people["reviewer"]
    said = read_toml("desk")["outbox"]
    free = _unprepared(label, today, manager, owner, reviewer)
    with at(today - timedelta(hours=5)):
        for which in ("passed", "changes"):
            _prepare(free.pop(), manager, said[which], rng)
        offered = _prepare(free.pop(), manager, said["offered"], rng)
        stale = _prepare(free.pop(), reviewer, said["passed"], rng)
    with at(today - timedelta(hours=4)):
        changes.set_time(offered, user=owner, moment=_tomorrow_at_ten(label, today))
        _shortlist(stale.submission, owner, rng)
    with at(today - timedelta(hours=3)):
        _try(stale, owner)


def _unprepared(label: Label, today: datetime, *members: User) -> list[Submission]:
    """Return submissions in review since yesterday or this morning, not by these members, with nothing prepared."""
    waiting = Proposal.objects.open().values("submission")
    found: list[Submission] = []
    for hours in (24, 6):
        moment = today - timedelta(hours=hours)
        rows = Submission.objects.filter(label=label, state=State.IN_REVIEW, moved_at__lt=moment)
        rows = rows.exclude(producer__in=members).exclude(pk__in=waiting)
        found = list(rows.order_by("-pk")[:WANTED])
        if len(found) == WANTED:
            break
    return found


def _prepare(submission: Submission, who: User, said: Mapping[str, Any], rng: Random) -> Proposal:
    given: dict[str, Any] = {"note": said["note"], "details": said.get("details", {})}
    transition, turn = said["transition"], submission.turn
    return outbox_service.propose(submission, transition, user=who, turn=turn, key=_key(rng), **given)


def _shortlist(submission: Submission, who: User, rng: Random) -> None:
    turn = submission.turn
    perform(submission, Transition.SHORTLIST, actor=Actor.member(who), turn=turn, key=_key(rng))


def _try(proposal: Proposal, who: User) -> None:
    try:
        outbox_service.send(proposal, user=who)
    except outbox_service.SentBack:
        return


def _tomorrow_at_ten(label: Label, today: datetime) -> datetime:
    day = (today + timedelta(days=1)).astimezone(label.zone).date()
    return datetime.combine(day, time(10), label.zone)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
