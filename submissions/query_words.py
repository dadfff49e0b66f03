"""The desk's query language: names of its terms, and how their values are written.

`desk.search` parses queries; `insights` writes them for its links to the queue. Terms are written in the order of
`TermName`, so that the same query always has the same text.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from catalog.choices import Exclusivity
from kit.query.values import joined
from submissions.choices import Ball, Reason, State
from submissions.state_machine import states_with
from submissions.transition_table import WAITING


class TermName(StrEnum):
    """The name of a term, before its colon."""

    IS = "is"
    BALL = "ball"
    ARTIST = "artist"
    INTAKE = "intake"
    GENRE = "genre"
    BPM = "bpm"
    KEY = "key"
    MIXES = "mixes"
    AI = "ai"
    COUNTRY = "country"
    WAV = "wav"
    EXCLUSIVE = "exclusive"
    OLDER = "older"
    NEWER = "newer"
    DUE = "due"
    OVERDUE = "overdue"
    LINK = "link"
    FIRST = "first"
    HELD = "held"
    TAG = "tag"
    ASSIGNEE = "assignee"
    SCORE = "score"
    RECEIVED = "received"
    OPENED = "opened"
    ANSWERED = "answered"
    SILENT = "silent"
    PROMISE = "promise"
    REASON = "reason"
    OPENER = "opener"
    RELEASE = "release"
    CAT = "cat"
    REF = "ref"
    SORT = "sort"


STATE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "new": State.SUBMITTED.value,
        "in-review": State.IN_REVIEW.value,
        "shortlisted": State.SHORTLISTED.value,
        "changes": State.CHANGES_REQUESTED.value,
        "accepted": State.ACCEPTED.value,
        "countered": State.COUNTERED.value,
        "signed": State.SIGNED.value,
        "scheduled": State.SCHEDULED.value,
        "released": State.RELEASED.value,
        "passed": State.REJECTED.value,
        "declined": State.DECLINED.value,
        "withdrawn": State.WITHDRAWN.value,
        "expired": State.EXPIRED.value,
    }
)
"""States by their name in a query."""

WORD_OF_STATE: Mapping[str, str] = MappingProxyType({state: word for word, state in STATE_WORDS.items()})

ASKED = "asked"
"""Stands among the states of `is:`: a question waits for the label's answer, in any state."""

ANY = "any"
OURS = states_with(Ball.LABEL)
ANSWERS_OWED = WAITING | {State.COUNTERED}
SIDES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "us": tuple(state for state in OURS if state in ANSWERS_OWED),
        "them": tuple(states_with(Ball.PRODUCER)),
        "releases": tuple(state for state in OURS if state not in ANSWERS_OWED),
        "nobody": tuple(states_with(Ball.NOBODY)),
        ANY: tuple(STATE_WORDS.values()),
    }
)
"""The states on each side: what waits for the label's answer, for the producer, for its release, for nobody."""

KEPT, BROKEN, OPEN = "kept", "broken", "open"
"""Whether a promise was kept."""

REASON_WORDS: Mapping[str, str] = MappingProxyType(
    {value.replace("_", "-"): value for value in Reason.values}
)
YES, NO = "yes", "no"
EXCLUSIVE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        YES: Exclusivity.EXCLUSIVE_UNTIL.value,
        NO: Exclusivity.SENT_ELSEWHERE.value,
        "offer": Exclusivity.OFFER_HELD.value,
    }
)
DEMOS = "demos"
ME, NOBODY = "me", "none"


def query_text(terms: Mapping[TermName, str]) -> str:
    """Return the query with these terms and their written values."""
    return " ".join(f"{name}:{terms[name]}" for name in TermName if name in terms)


def write_states(value: Iterable[str]) -> str:
    return joined(WORD_OF_STATE.get(state, state) for state in sorted(value))


def write_exclusivity(value: Iterable[str]) -> str:
    return joined(word for word, stored in EXCLUSIVE_WORDS.items() if stored in set(value))


def write_reasons(value: Iterable[str]) -> str:
    return joined(reason.replace("_", "-") for reason in value)
