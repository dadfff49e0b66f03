"""What each event says beside who, when and from where to where: its payload and its private part.

A payload is never personal. The private part holds what is personal or said in words; each of its fields names
who may see it. Values are as canonical JSON has them: dates and times are text.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

BOTH, TEAM = "both", "team"


def seen_by(who: str, default: Any) -> Any:
    """A field of a private part, with who may see it."""
    make = {"default_factory": default} if isinstance(default, type) else {"default": default}
    return field(metadata={"seen_by": who}, **make)


@dataclass(frozen=True)
class Nothing:
    """No payload, or no private part."""


@dataclass(frozen=True)
class Submit:
    intake: str
    promise_days: int
    grace_days: int
    revision: int
    revision_digest: str
    previous: str | None


@dataclass(frozen=True)
class Resubmit:
    revision: int
    revision_digest: str
    changed_links: list[str]


@dataclass(frozen=True)
class ReplaceLink:
    slot: str
    revision: int
    revision_digest: str


@dataclass(frozen=True)
class AnswerBy:
    answer_by: str


@dataclass(frozen=True)
class Reject:
    reason: str
    welcome: str


@dataclass(frozen=True)
class Reasoned:
    reason: str


@dataclass(frozen=True)
class Schedule:
    release_on: str
    catalogue_number: str


@dataclass(frozen=True)
class Withdraw:
    reason: str


@dataclass(frozen=True)
class Expire:
    ball: str
    due: str


@dataclass(frozen=True)
class Listened:
    seconds: int
    total: int


@dataclass(frozen=True)
class DeadLink:
    slot: str
    problem: str


@dataclass(frozen=True)
class LinkBack:
    slot: str


@dataclass(frozen=True)
class NewDate:
    until: str


@dataclass(frozen=True)
class Changes:
    """Field by field, what the new revision says differently; links as digests."""

    diff: list[dict[str, str]] = seen_by(BOTH, list)


@dataclass(frozen=True)
class Decision:
    """Who prepared a decision that somebody else released: name and account."""

    prepared_by: str = seen_by(TEAM, "")
    preparer: int = seen_by(TEAM, 0)


@dataclass(frozen=True)
class Offer(Decision):
    terms: str = seen_by(BOTH, "")


def plain_part(part: Any) -> dict[str, Any]:
    """Return a payload or private part as stored: empty private fields are left out."""
    hidden = {each.name for each in fields(part) if "seen_by" in each.metadata}
    return {name: value for name, value in asdict(part).items() if name not in hidden or value}


def visible_part(private: dict[str, Any], *, team: bool) -> dict[str, Any]:
    """Return the fields of a stored private part that this side may see."""
    return {name: value for name, value in private.items() if team or name not in TEAM_FIELDS}


TEAM_FIELDS = frozenset(
    each.name
    for part in (Changes, Decision, Offer)
    for each in fields(part)
    if each.metadata["seen_by"] == TEAM
)
