"""What waits in the demo's outbox beside what reviewers proposed: a manager's work, timed, and sent back."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from accounts.models import User
from desk.models import Proposal
from desk.outbox import changes
from desk.outbox import service as outbox_service
from kit.clock import at
from labels.models import Label
from submissions.choices import State, Transition
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.workflow import perform

T = Transition
Said = tuple[str, str, dict[str, str]]
PASSED: Said = (
    T.REJECT,
    "Well made, and further from our floor than we go. Send us the next one that starts slower.",
    {"reason": "genre", "welcome": "another"},
)
OFFERED: Said = (
    T.ACCEPT,
    "We have played it out twice and people came to ask. We would like it for the spring sampler.",
    {"terms": "Single and sampler, 50/50 of net, three years, digital only. Remix rights by agreement."},
)
ASKED: Said = (T.REQUEST_CHANGES, "Could the vocal sit 2 dB lower, and the last break be half as long?", {})


def fill_outbox(label: Label, people: Mapping[str, User], today: datetime, rng: Random) -> None:
    """Let the manager prepare some decisions, one of them timed by the owner; one of the reviewer's comes back."""
    manager, owner, reviewer = people["manager"], people["owner"], people["reviewer"]
    free = _untouched(label, today, manager, owner, reviewer)
    with at(today - timedelta(hours=5)):
        for said in (PASSED, ASKED):
            _prepare(free.pop(), manager, said, rng)
        offered = _prepare(free.pop(), manager, OFFERED, rng)
        stale = _prepare(free.pop(), reviewer, PASSED, rng)
    with at(today - timedelta(hours=4)):
        changes.set_time(offered, user=owner, moment=_tomorrow_at_ten(label, today))
        _shortlist(stale.submission, owner, rng)
    with at(today - timedelta(hours=3)):
        _try(stale, owner)


def _untouched(label: Label, today: datetime, *members: User) -> list[Submission]:
    """Return what lies in review since yesterday at least, is none of theirs, and has nothing prepared."""
    rows = Submission.objects.filter(
        label=label, state=State.IN_REVIEW, moved_at__lt=today - timedelta(days=1)
    )
    waiting = Proposal.objects.open().values("submission")
    return list(rows.exclude(producer__in=members).exclude(pk__in=waiting).order_by("-pk")[:4])


def _prepare(submission: Submission, who: User, said: Said, rng: Random) -> Proposal:
    transition, note, details = said
    given: dict[str, Any] = {"note": note, "details": details}
    return outbox_service.propose(
        submission, transition, user=who, turn=submission.turn, key=_key(rng), **given
    )


def _shortlist(submission: Submission, who: User, rng: Random) -> None:
    perform(submission, T.SHORTLIST, actor=Actor.member(who), turn=submission.turn, key=_key(rng))


def _try(proposal: Proposal, who: User) -> None:
    try:
        outbox_service.release(proposal, user=who)
    except outbox_service.SentBack:
        return


def _tomorrow_at_ten(label: Label, today: datetime) -> datetime:
    day = (today + timedelta(days=1)).astimezone(label.zone).date()
    return datetime.combine(day, time(10), label.zone)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
