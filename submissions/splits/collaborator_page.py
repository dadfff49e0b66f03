"""What somebody with a share sees of a submission: never notes, terms or music."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from submissions.choices import Deal, State
from submissions.models import CoProducer, Event, Share, Submission
from submissions.offers.records import last_offer
from submissions.splits.co_producers import followed_by_account
from submissions.splits.links import co_path_of, path_of
from submissions.splits.page import Line, line_of
from submissions.splits.sheets import addresses_of

MOST = 100


@dataclass(frozen=True)
class Reached:
    """A state that a submission reached, and when."""

    state: str
    name: str
    when: datetime


def states_of(submission: Submission) -> list[Reached]:
    """Return the states that a submission came through, oldest first. One query."""
    events = Event.objects.of(submission).values_list("from_state", "to_state", "recorded_at")
    return [Reached(to, NAMES.get(to, State(to).label), when) for before, to, when in events if before != to]


def deal_words(submission: Submission) -> str:
    """Return the kind of the deal, and nothing else of it; "" once it is redacted. One query."""
    last = last_offer(submission)
    kind = last.terms.get("deal") if last else None
    return str(Deal(kind).label) if kind else ""


NAMES = {State.SUBMITTED.value: "Sent"}


@dataclass(frozen=True)
class OwnShare:
    """A share of an account, and the path of its page."""

    line: Line
    submission: Submission
    path: str


def shares_for(user: User) -> list[OwnShare]:
    """Return the shares on last sheets that name a confirmed address of this account, newest first. Two queries."""
    addresses = addresses_of(user)
    named = Q()
    for address in addresses:
        named |= Q(sheet__shares__contains=[{"email": address}])
    if not named:
        return []
    rows = (
        Share.objects.current().with_submission().filter(named, is_own=False).order_by("-sheet", "position")
    )
    return [
        OwnShare(line_of(share), share.sheet.submission, path_of(share))
        for share in rows.select_related("answered")[:MOST]
        if share.address in addresses
    ]


@dataclass(frozen=True)
class Followed:
    """A submission that an account may follow, and the path of its page."""

    person: CoProducer
    submission: Submission
    path: str


def followed_for(user: User) -> list[Followed]:
    """Return the submissions that name a confirmed address of this account as a co-producer's. Two queries."""
    return [Followed(each, each.submission, co_path_of(each)) for each in followed_by_account(user)]
