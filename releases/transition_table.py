"""The second state machine: a row for each transition and fact of a release, with its roles and words.

Source: the specification of releases; `docs/releases.md` is drawn from here. The database's check constraints are built
from `legal_triples()` and `legal_roles()`. Effects are found by name, in `releases.effects`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from releases import payloads
from releases.choices import State, Transition
from submissions.choices import ActorRole

S, T, R = State, Transition, ActorRole

SYSTEM = frozenset({R.SYSTEM, R.ADMIN})
MANAGER_UP = frozenset({R.MANAGER, R.OWNER, R.ADMIN})
REVIEWER_UP = MANAGER_UP | {R.REVIEWER}

CHANGEABLE = frozenset({S.PLANNED, S.SCHEDULED})
"""What is delivered is frozen: recall it first."""

LIVE = CHANGEABLE | {S.DELIVERED}
"""It is still to come out."""

DATED = frozenset({S.SCHEDULED, S.DELIVERED, S.RELEASED})
"""It has a date, which producers know."""

WORKED_ON = LIVE | {S.RELEASED}
"""Its steps go on."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One transition, or a fact, which has no target: the state stays the same.

    `did` follows a name, `button` is what it is called before. `note` says what is missing without a note, "" where
    none is needed. A fact of a step is quiet: it starts no new turn of the release, only one of its step.
    """

    name: Transition
    sources: frozenset[State]
    target: State | None
    roles: frozenset[ActorRole]
    did: str
    button: str
    icon: str
    payload: type = payloads.Nothing
    note: str = ""
    is_quiet: bool = False
    is_possible_in_suspension: bool = False

    @property
    def is_fact(self) -> bool:
        return self.target is None

    @property
    def payload_keys(self) -> frozenset[str]:
        return frozenset(each.name for each in fields(self.payload))

    def target_from(self, state: str) -> str:
        return str(self.target or state)


def _row(
    name: Transition,
    sources: frozenset[State] | set[State],
    target: State | None,
    roles: frozenset[ActorRole],
    **more: Any,
) -> Rule:
    return Rule(name, frozenset(sources), target, roles, **more)


def _step_fact(name: Transition, did: str, button: str, icon: str, payload: type = payloads.Step) -> Rule:
    return _row(
        name, WORKED_ON, None, REVIEWER_UP, did=did, button=button, icon=icon, payload=payload, is_quiet=True
    )


_TABLE = (
    _row(
        T.PLAN,
        {S.NEW},
        S.PLANNED,
        MANAGER_UP,
        did="planned it",
        button="Plan a release",
        icon="plus",
        payload=payloads.Facts,
    ),
    _row(
        T.SCHEDULE,
        CHANGEABLE,
        S.SCHEDULED,
        MANAGER_UP,
        did="set the release date",
        button="Set the release date",
        icon="schedule",
        payload=payloads.Date,
    ),
    _row(
        T.UNSCHEDULE,
        {S.SCHEDULED},
        S.PLANNED,
        MANAGER_UP,
        did="took the release date off",
        button="Take the date off",
        icon="undo",
        note="Say why the date is off.",
    ),
    _row(
        T.DELIVER,
        {S.SCHEDULED},
        S.DELIVERED,
        MANAGER_UP,
        did="delivered it",
        button="Mark as delivered",
        icon="submit",
        payload=payloads.Sheet,
    ),
    _row(
        T.RECALL,
        {S.DELIVERED},
        S.SCHEDULED,
        MANAGER_UP | {R.SYSTEM},
        did="recalled it",
        button="Recall",
        icon="undo",
        note="Say why you recall it.",
        is_possible_in_suspension=True,
    ),
    _row(
        T.RELEASE,
        {S.DELIVERED},
        S.RELEASED,
        MANAGER_UP | {R.SYSTEM},
        did="released it",
        button="Release now",
        icon="release",
    ),
    _row(
        T.CANCEL,
        LIVE,
        S.CANCELLED,
        MANAGER_UP,
        did="cancelled it",
        button="Cancel the release",
        icon="reject",
        note="Say why you cancel it.",
    ),
    _row(
        T.EDIT,
        CHANGEABLE,
        None,
        MANAGER_UP,
        did="changed the details",
        button="Edit details",
        icon="edit",
        payload=payloads.Facts,
    ),
    _row(
        T.SET_TRACKS,
        CHANGEABLE,
        None,
        MANAGER_UP,
        did="changed the track list",
        button="Edit the track list",
        icon="menu",
        payload=payloads.Tracks,
    ),
    _row(
        T.ASSIGN_CODES,
        CHANGEABLE,
        None,
        MANAGER_UP,
        did="assigned codes",
        button="Assign codes",
        icon="tag",
        payload=payloads.Codes,
    ),
    _row(
        T.LOSE_TRACK,
        CHANGEABLE,
        None,
        SYSTEM,
        did="took a track off the list",
        button="Take a track off",
        icon="minus",
        payload=payloads.LostTrack,
        is_possible_in_suspension=True,
    ),
    _step_fact(T.ADD_STEPS, "added steps", "Add steps", "plus", payloads.Steps),
    _step_fact(T.CHANGE_STEP, "changed a step", "Edit the step", "edit", payloads.StepPlan),
    _step_fact(T.COMPLETE_STEP, "completed a step", "Complete", "check", payloads.DoneStep),
    _step_fact(T.REOPEN_STEP, "reopened a step", "Reopen", "undo"),
    _step_fact(T.SKIP_STEP, "skipped a step", "Skip", "minus"),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.name.value: rule for rule in _TABLE})
QUIET = frozenset(rule.name for rule in _TABLE if rule.is_quiet)
"""Facts of steps: they make nobody's page of the release stale."""

OF_A_STEP = frozenset(rule.name for rule in _TABLE if "step" in rule.payload_keys)
"""Facts of one step, whose turn they ask for."""


def legal_triples() -> list[tuple[str, str, str]]:
    """Return every (transition, from, to) that an event may have, sorted."""
    return sorted(
        (rule.name.value, source.value, rule.target_from(source))
        for rule in _TABLE
        for source in rule.sources
    )


def legal_roles() -> list[tuple[str, tuple[str, ...]]]:
    """Return every transition with the roles that its event may have, sorted."""
    return sorted((rule.name.value, tuple(sorted(rule.roles))) for rule in _TABLE)
