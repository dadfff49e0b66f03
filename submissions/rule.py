"""What a row of the transition table can say. Other code asks the row and names no transition."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Self

from django.db.models import TextChoices

from submissions.choices import ActorRole, State, Transition


class Clock(Enum):
    """What an event does to the deadlines, which `submissions.deadlines` reads."""

    PROMISES = auto()
    PROMISES_AGAIN = auto()
    MOVES_DUE = auto()
    ASKS_PRODUCER = auto()
    LOSES_LINK = auto()
    MENDS_LINK = auto()
    CHANGES_LINKS = auto()


SETTING_A_DATE = frozenset({Clock.MOVES_DUE, Clock.ASKS_PRODUCER})
"""The event says by when somebody answers."""


@dataclass(frozen=True, slots=True)
class DeskWords:
    """The label's side: its button, what the producer will see, and what follows “proposes”.

    `told` takes {label} and {days}, the producer's days to answer; `key` presses the button. `is_one_click` is
    taken at once, the others ask first; after what `goes_on` the queue shows what comes next.
    """

    button: str
    told: str
    proposed: str = ""
    key: str = ""
    is_one_click: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class ProducerWords:
    """The producer's side: button, title of its page, what the label will see, what is said once done.

    `path` is the last part of the page's address; "" where it is a page of another kind.
    """

    button: str
    title: str
    effect: str
    done: str
    path: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One transition, or a fact, whose target is None: the state stays.

    `did` follows a name. `subjects` are those of the mails to the producer and to the team, `audience` names who
    is told in `notifications.audience_table`. Effect and form are found by the rule's name, in
    `submissions.effects` and in the forms of either side.

    `only_once` is why it cannot happen a second time, "" where it can; `reasons` are those its payload may give.
    """

    name: Transition
    sources: frozenset[State]
    target: State | None
    roles: frozenset[ActorRole]
    did: str
    audience: str
    subjects: tuple[str, str] = ("", "")
    icon: str = ""
    desk: DeskWords | None = None
    producer: ProducerWords | None = None
    clock: Clock | None = None
    reasons: type[TextChoices] | None = None
    only_once: str = ""
    is_proposable: bool = False
    is_decisive: bool = False
    is_quiet: bool = False
    makes_revision: bool = False
    is_possible_in_suspension: bool = False

    @property
    def is_fact(self) -> bool:
        return self.target is None

    @property
    def is_pass(self) -> bool:
        """Whether the label says no."""
        return self.target == State.REJECTED

    @property
    def sets_a_date(self) -> bool:
        return self.clock in SETTING_A_DATE

    @property
    def url_name(self) -> str:
        """The producer's page for it, in the namespace `submissions`."""
        return self.name.value.replace("_", "-")

    def target_from(self, state: State) -> State:
        return self.target or state

    def open_to(self, roles: frozenset[ActorRole]) -> Self:
        """Return the same rule for other roles, who prepare it for somebody else."""
        return replace(self, roles=roles)
