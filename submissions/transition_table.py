"""The state machine: who may do what from which state, and where it leads.

Source: the tables of transitions and facts in the domain's specification; `docs/workflow.md` is drawn from here.
The database's check constraint is built from `legal_triples()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from submissions.choices import ActorRole, State, Transition

S, T, R = State, Transition, ActorRole

PRODUCER = frozenset({R.PRODUCER})
SYSTEM = frozenset({R.SYSTEM, R.ADMIN})
MANAGER_UP = frozenset({R.MANAGER, R.OWNER, R.ADMIN})
REVIEWER_UP = MANAGER_UP | {R.REVIEWER}

WAITING = frozenset({S.SUBMITTED, S.IN_REVIEW, S.SHORTLISTED})
"""The label has the ball and a promise to keep."""

UNDECIDED = WAITING | {S.CHANGES_REQUESTED}
LISTENABLE = UNDECIDED | {S.ACCEPTED}
ANSWERABLE = frozenset({S.CHANGES_REQUESTED, S.ACCEPTED})
"""The producer has the ball and a day to answer by."""

LIVE = LISTENABLE | {S.SIGNED, S.SCHEDULED}
"""Somebody has the ball."""

LINKLESS = frozenset({S.WITHDRAWN, S.REJECTED, S.DECLINED, S.EXPIRED})
"""The desk shows no links and no player."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One transition, or a fact, whose target is None: the state stays."""

    name: Transition
    sources: frozenset[State]
    target: State | None
    roles: frozenset[ActorRole]

    @property
    def is_fact(self) -> bool:
        return self.target is None

    def target_from(self, state: State) -> State:
        return self.target or state


def _rule(
    name: Transition,
    sources: frozenset[State] | set[State],
    target: State | None,
    roles: frozenset[ActorRole],
) -> Rule:
    return Rule(name, frozenset(sources), target, roles)


_TABLE = (
    _rule(T.SUBMIT, {S.DRAFT}, S.SUBMITTED, PRODUCER),
    _rule(T.START_REVIEW, {S.SUBMITTED}, S.IN_REVIEW, REVIEWER_UP),
    _rule(T.SHORTLIST, {S.IN_REVIEW}, S.SHORTLISTED, REVIEWER_UP),
    _rule(T.REQUEST_CHANGES, {S.IN_REVIEW, S.SHORTLISTED}, S.CHANGES_REQUESTED, MANAGER_UP),
    _rule(T.RESUBMIT, {S.CHANGES_REQUESTED}, S.SUBMITTED, PRODUCER),
    _rule(T.ACCEPT, {S.IN_REVIEW, S.SHORTLISTED}, S.ACCEPTED, MANAGER_UP),
    _rule(T.REJECT, UNDECIDED, S.REJECTED, MANAGER_UP),
    _rule(T.REOPEN, {S.REJECTED, S.EXPIRED}, S.IN_REVIEW, MANAGER_UP),
    _rule(T.SIGN, {S.ACCEPTED}, S.SIGNED, PRODUCER),
    _rule(T.DECLINE, {S.ACCEPTED}, S.DECLINED, PRODUCER),
    _rule(T.RESCIND, {S.ACCEPTED, S.SIGNED, S.SCHEDULED}, S.REJECTED, MANAGER_UP),
    _rule(T.SCHEDULE, {S.SIGNED, S.SCHEDULED}, S.SCHEDULED, MANAGER_UP),
    _rule(T.RELEASE, {S.SCHEDULED}, S.RELEASED, MANAGER_UP | {R.SYSTEM}),
    _rule(T.WITHDRAW, UNDECIDED, S.WITHDRAWN, PRODUCER),
    _rule(T.EXPIRE, LISTENABLE, S.EXPIRED, SYSTEM),
    _rule(T.LISTENED, LISTENABLE, None, REVIEWER_UP),
    _rule(T.REPLACE_LINK, LISTENABLE, None, PRODUCER),
    _rule(T.LINK_FAILED, LISTENABLE, None, SYSTEM),
    _rule(T.LINK_RECOVERED, LISTENABLE, None, SYSTEM),
    _rule(T.EXTEND, WAITING, None, MANAGER_UP),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.name.value: rule for rule in _TABLE})
QUIET = frozenset({T.LISTENED, T.LINK_FAILED, T.LINK_RECOVERED})
"""Facts that do not end a turn: nobody's page is stale because of them."""

REVISING = frozenset({T.SUBMIT, T.RESUBMIT, T.REPLACE_LINK})
"""What makes a revision."""

PROPOSABLE = (T.ACCEPT, T.REJECT, T.REQUEST_CHANGES)
"""What a reviewer may propose to a manager."""

IN_SUSPENSION = frozenset({T.WITHDRAW, T.DECLINE, T.LINK_FAILED, T.LINK_RECOVERED})
"""What may still happen while the label is suspended."""


def legal_triples() -> list[tuple[str, str, str]]:
    """Return every (transition, from, to) an event may say, in a stable order."""
    return sorted(
        (rule.name.value, source.value, rule.target_from(source).value)
        for rule in _TABLE
        for source in rule.sources
    )
