"""Fills the demo's outbox: decisions prepared by a manager, one scheduled, one sent back."""

from collections.abc import Mapping, Sequence
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
LONG = timedelta(hours=6)


def fill_outbox(label: Label, people: Mapping[str, User], today: datetime, rng: Random) -> None:
    """Prepare some decisions as the manager, one scheduled by the owner; send one of the reviewer's back."""
    manager, owner, reviewer = people["manager"], people["owner"], people["reviewer"]
    said = read_toml("desk")["outbox"]
    passed, stale, changed, offered = _unprepared(label, today, manager, owner, reviewer)
    first, second, third = _moments(today, [passed, stale, changed, offered])
    with at(first):
        _prepare(passed, manager, said["passed"], rng)
        _prepare(changed, manager, said["changes"], rng)
        offer = _prepare(offered, manager, said["offered"], rng)
        proposal = _prepare(stale, reviewer, said["passed"], rng)
    with at(second):
        changes.set_time(offer, user=owner, moment=_tomorrow_at_ten(label, today))
        _shortlist(proposal.submission, owner, rng)
    with at(third):
        _try(proposal, owner)


def _unprepared(label: Label, today: datetime, *members: User) -> list[Submission]:
    """Return submissions with nothing prepared, not by these members: in review for long, then others that wait.

    How many are in review depends on the weekday and the hour at which the demo is made.
    """
    waiting = Proposal.objects.open().values("submission")
    rows = Submission.objects.filter(label=label, state__in=(State.IN_REVIEW, State.SUBMITTED))
    rows = rows.exclude(producer__in=members).exclude(pk__in=waiting)
    since = {each: each.moved_at or today for each in rows.order_by("-pk")}
    found = sorted(since, key=lambda each: (each.state != State.IN_REVIEW, since[each] > today - LONG))
    return found[:WANTED]


def _moments(today: datetime, submissions: Sequence[Submission]) -> list[datetime]:
    """Return three moments five, four and three hours ago, or later where a submission moved since."""
    start = max(today - LONG, *(each.moved_at for each in submissions if each.moved_at))
    return [start + (today - start) * sixths / 6 for sixths in (1, 2, 3)]


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
