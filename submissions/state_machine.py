"""A row of the transition table, and the states with their words. Other code asks the row and names no transition."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum, auto
from functools import cache
from types import MappingProxyType
from typing import Self

from django.db.models import TextChoices

from submissions.choices import ActorRole, Ball, HoldStatus, State, Transition
from submissions.payloads import Nothing


class DeadlineChange(Enum):
    """How an event changes the deadlines; read by `submissions.deadlines`."""

    PROMISES = auto()
    PROMISES_AGAIN = auto()
    MOVES_DUE = auto()
    ASKS_PRODUCER = auto()
    ASKS_LABEL = auto()
    LOSES_LINK = auto()
    MENDS_LINK = auto()
    CHANGES_LINKS = auto()
    REMINDS = auto()


DATE_CHANGES = frozenset({DeadlineChange.MOVES_DUE, DeadlineChange.ASKS_PRODUCER, DeadlineChange.ASKS_LABEL})


@dataclass(frozen=True, slots=True)
class DeskWords:
    """The label's side: its button, what the producer will see (`told`), and what follows “proposes”.

    `told` takes {label} and {days}, the producer's days to answer. `key` is the keyboard shortcut. `is_one_click`
    needs no form; after a transition that `goes_on` the desk opens the next submission. What `is_apart` has its button
    in a section of its own, not among the others.
    """

    button: str
    told: str
    proposed: str = ""
    key: str = ""
    is_one_click: bool = False
    goes_on: bool = False
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class ProducerWords:
    """The producer's side: button, page title, what the label will see (`effect`), message after success (`done`).

    `path` is the last part of the page's URL, "" if the transition has a page of its own. `look` is the button's class.
    What `is_apart` has its button in a section of its own.
    """

    button: str
    title: str
    effect: str
    done: str
    path: str
    look: str = ""
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One transition, or a fact, which has no target: the state stays the same.

    `did` follows a name. `subjects` are those of the mails to the producer and to the team; `audience` is a key of
    `notifications.audience_table`, `topic` one of its `kind_table`. Effect and form are found by the rule's name.
    `only_once` says why it cannot happen twice, `holds` which standings of a hold allow it; `payload` is a dataclass,
    `reasons` are the choices in it. What `follows_release` is done by the submission's release alone.
    """

    name: Transition
    sources: frozenset[State]
    target: State | None
    roles: frozenset[ActorRole]
    did: str
    audience: str
    topic: str
    subjects: tuple[str, str] = ("", "")
    icon: str = ""
    desk: DeskWords | None = None
    producer: ProducerWords | None = None
    clock: DeadlineChange | None = None
    reasons: type[TextChoices] | None = None
    payload: type = Nothing
    only_once: str = ""
    holds: frozenset[HoldStatus] = frozenset()
    is_proposable: bool = False
    is_decisive: bool = False
    is_quiet: bool = False
    makes_revision: bool = False
    makes_offer: bool = False
    is_possible_in_suspension: bool = False
    follows_release: bool = False

    @property
    def is_fact(self) -> bool:
        return self.target is None

    @property
    def is_pass(self) -> bool:
        """Whether the label passes, or withdraws its offer."""
        return self.target == State.REJECTED

    @property
    def payload_keys(self) -> frozenset[str]:
        return _field_names(self.payload)

    @property
    def sets_a_date(self) -> bool:
        return self.clock in DATE_CHANGES

    @property
    def url_name(self) -> str:
        """The name of the producer's page, in the namespace `submissions`."""
        return self.name.value.replace("_", "-")

    def target_from(self, state: State) -> State:
        return self.target or state

    def open_to(self, roles: frozenset[ActorRole]) -> Self:
        """Return the same rule for other roles, which may prepare it for somebody else."""
        return replace(self, roles=roles)


@cache
def _field_names(payload: type) -> frozenset[str]:
    return frozenset(each.name for each in fields(payload))


S, B = State, Ball


@dataclass(frozen=True, slots=True)
class StateWords:
    desk_name: str
    producer_name: str
    ball: Ball
    desk_next: str
    producer_next: str


STATES: Mapping[str, StateWords] = MappingProxyType(
    {
        S.DRAFT: StateWords(
            "Draft",
            "Draft",
            B.PRODUCER,
            "Not sent yet.",
            "Nobody at the label sees this yet. Send it when it is ready.",
        ),
        S.SUBMITTED: StateWords(
            "New",
            "Waiting to be opened",
            B.LABEL,
            "Nobody here has opened it yet.",
            "It is in the label’s inbox. You are told when somebody opens it.",
        ),
        S.IN_REVIEW: StateWords(
            "In review",
            "Being reviewed",
            B.LABEL,
            "Listen, then shortlist it, ask for changes, or answer.",
            "Somebody at the label opened it. Their answer comes next.",
        ),
        S.SHORTLISTED: StateWords(
            "Shortlisted",
            "Shortlisted",
            B.LABEL,
            "Kept for a closer look. An answer is still owed.",
            "The label keeps it for a closer look. Their answer comes next.",
        ),
        S.CHANGES_REQUESTED: StateWords(
            "Changes requested",
            "Changes wanted",
            B.PRODUCER,
            "The producer was asked for a new revision.",
            "The label asks for changes. Edit the track, then send the new revision.",
        ),
        S.ACCEPTED: StateWords(
            "Offered",
            "Offered",
            B.PRODUCER,
            "Your offer waits for the producer.",
            "The label offers to sign it. Accept the offer, ask for other terms, or decline it.",
        ),
        S.COUNTERED: StateWords(
            "Counter-offer",
            "Counter-offer sent",
            B.LABEL,
            "The producer asks for other terms. Answer with a new offer, or withdraw yours.",
            "The label reads your counter-offer. Their answer comes next.",
        ),
        S.SIGNED: StateWords(
            "Signed",
            "Signed",
            B.LABEL,
            "The producer accepted the offer. Set a release date.",
            "You accepted the offer. The label sets a release date next.",
        ),
        S.SCHEDULED: StateWords(
            "Scheduled",
            "Scheduled",
            B.LABEL,
            "It has a release date.",
            "It has a release date. Nothing to do until then.",
        ),
        S.RELEASED: StateWords("Released", "Released", B.NOBODY, "It is out.", "It is out. Congratulations."),
        S.REJECTED: StateWords(
            "Passed",
            "They passed",
            B.NOBODY,
            "The label passed.",
            "This submission is closed. Its history stays.",
        ),
        S.DECLINED: StateWords(
            "Declined",
            "You declined",
            B.NOBODY,
            "The producer declined the offer.",
            "You declined the offer.",
        ),
        S.WITHDRAWN: StateWords(
            "Withdrawn", "You withdrew it", B.NOBODY, "The producer withdrew it.", "You withdrew it."
        ),
        S.EXPIRED: StateWords(
            "Expired",
            "No answer in time",
            B.NOBODY,
            "Time ran out without an answer.",
            "Time ran out without an answer.",
        ),
    }
)


def ball_of(state: str) -> Ball:
    """Return whose turn it is in this state."""
    return STATES[state].ball


def states_with(ball: Ball) -> list[str]:
    """Return the states in which it is this side's turn, without drafts."""
    return [state for state, words in STATES.items() if words.ball == ball and state != S.DRAFT]
