"""The payloads of events, named by the rows of the transition table: never personal, in values of canonical JSON.

The database knows their fields too (`submissions_payload_keys`) and refuses an event with more, or fewer.
"""

from dataclasses import dataclass


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
class Offered:
    offer: int
    offer_digest: str
    answer_by: str


@dataclass(frozen=True)
class HoldDays:
    days: int


@dataclass(frozen=True)
class HeldUntil:
    held_until: str


@dataclass(frozen=True)
class Reject:
    """A pass; `heard_elsewhere`: who decided says that they listened outside our page, which is no `listened`."""

    reason: str
    welcome: str
    heard_elsewhere: bool = False


@dataclass(frozen=True)
class Reasoned:
    reason: str


@dataclass(frozen=True)
class OfRelease:
    """The reference of the release that it follows."""

    release: str


@dataclass(frozen=True)
class Schedule(OfRelease):
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
class Redact:
    months: int


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
class SplitSheet:
    """A new sheet: how many shares it has, and which of them are the producer's."""

    sheet: int
    sheet_digest: str
    shares: int
    own: list[int]


@dataclass(frozen=True)
class SplitAnswer:
    sheet: int
    sheet_digest: str
    share: int


@dataclass(frozen=True)
class SplitOverride:
    """The sheet that the owner takes as settled, None where nobody made one."""

    sheet: int | None
    sheet_digest: str | None


@dataclass(frozen=True)
class Signed:
    """The sheet is None where the splits have to be asked for, or were set before."""

    offer: int
    offer_digest: str
    is_exclusive: bool
    sheet: int | None = None
    sheet_digest: str | None = None
    shares: int | None = None
    own: list[int] | None = None


@dataclass(frozen=True)
class AskFor:
    """Each item is {number, kind, due}; its name is said in the private part."""

    items: list[dict[str, str | int]]


@dataclass(frozen=True)
class HandIn:
    item: int
    digest: str


@dataclass(frozen=True)
class Item:
    item: int


@dataclass(frozen=True)
class MasterReceived:
    """The label's copy of a master; digests are SHA-256 in hex, of the file's bytes and of its encoded audio."""

    codec: str
    sample_rate: int
    bit_depth: int | None
    length_ms: int
    file_digest: str
    audio_digest: str


@dataclass(frozen=True)
class MasterRemoved:
    file_digest: str
    audio_digest: str


@dataclass(frozen=True)
class NewDate:
    until: str
