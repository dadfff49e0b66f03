"""What an effect gets (`Context`) and returns (`Effect`), and the private parts of events.

A private part holds personal data and free text; each of its fields says who may
see it. Values are those of canonical JSON: dates and times are text.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from accounts.models import User
from kit import canonical
from submissions import deadlines
from submissions.choices import ActorRole
from submissions.deadlines import Deadlines
from submissions.models import Event, Offer, Revision, Submission
from submissions.payloads import Nothing

BOTH, TEAM = "both", "team"


def seen_by(who: str, default: Any) -> Any:
    """Return a dataclass field of a private part that records who may see it."""
    make = {"default_factory": default} if isinstance(default, type) else {"default": default}
    return field(metadata={"seen_by": who}, **make)


@dataclass(frozen=True)
class Changes:
    """The new revision’s changes, field by field; links as digests."""

    diff: list[dict[str, str]] = seen_by(BOTH, list)


@dataclass(frozen=True)
class Decision:
    """Name and account of who prepared a decision that somebody else sent."""

    prepared_by: str = seen_by(TEAM, "")
    preparer: int = seen_by(TEAM, 0)


@dataclass(frozen=True)
class OfferWords(Decision):
    """An offer’s terms in one line; the offer itself is a row of its own."""

    terms: str = seen_by(BOTH, "")


@dataclass(frozen=True)
class ShareName:
    """Who answered to their share, who may have no account."""

    person: str = seen_by(BOTH, "")


@dataclass(frozen=True)
class Signature:
    """The name that a producer typed to accept an offer, and the internet address it came from."""

    name: str = seen_by(BOTH, "")
    address: str = seen_by(BOTH, "")


@dataclass(frozen=True)
class ItemNames:
    """The names of what is asked for, or of the one item that an event is about."""

    names: list[str] = seen_by(BOTH, list)


def plain_part(part: Any) -> dict[str, Any]:
    """Return a payload or private part as it is stored, without empty private fields."""
    hidden = {each.name for each in fields(part) if "seen_by" in each.metadata}
    return {name: value for name, value in asdict(part).items() if name not in hidden or value}


TEAM_FIELDS = frozenset(
    each.name
    for part in (Changes, Decision, OfferWords, ShareName, Signature, ItemNames)
    for each in fields(part)
    if each.metadata["seen_by"] == TEAM
)


@dataclass(frozen=True)
class Context:
    """The locked submission, its events so far, the actor’s role and account, the time and the note."""

    submission: Submission
    role: ActorRole
    now: datetime
    note: str
    events: list[Event]
    user: User | None = None

    @cached_property
    def revision(self) -> Revision | None:
        """The last revision; one is made with the first event."""
        if not self.events:
            return None
        return self.submission.revisions.order_by("number").last()

    @cached_property
    def offer(self) -> Offer | None:
        """The last offer of either side."""
        return self.submission.offers.order_by("number").last()

    @cached_property
    def clock(self) -> Deadlines:
        """The current deadlines, suspensions included."""
        return deadlines.read(self.events, self.submission.label.pauses())

    def answer_by(self) -> str:
        """Return the producer’s deadline, as a payload stores it."""
        return canonical.moment(self.now + timedelta(days=self.submission.intake.answer_days))


@dataclass(frozen=True)
class Effect:
    """The payload, private part and revision of the event to be written; `write` stores other rows of the event.

    `closes` are the references of the producer's demos at other labels that it closes.
    """

    payload: Any = field(default_factory=Nothing)
    private: Any = field(default_factory=Nothing)
    revision: Revision | None = None
    write: Callable[[Event], None] | None = None
    closes: tuple[str, ...] = ()
