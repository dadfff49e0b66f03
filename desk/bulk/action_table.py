"""What each bulk action is called, who may order it, and from which states it can be taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from activity.choices import BulkAct
from labels.choices import Role
from submissions.choices import State, Transition
from submissions.transition_table import RULES

A, T = BulkAct, Transition


@dataclass(frozen=True, slots=True)
class ActWords:
    """`button` is what one presses, `short` where there is little room; `done` follows a number and a form of “to
    be”, and `icon` is the sprite's name.

    `sources` are the states it can be taken from; None for all. `told` says what the producers will see.
    """

    button: str
    short: str
    done: str
    icon: str
    least: Role
    told: str
    sources: frozenset[State] | None = None


SILENT = "The producers see none of this."
ACTS: Mapping[str, ActWords] = MappingProxyType(
    {
        A.SHORTLIST.value: ActWords(
            "Shortlist",
            "Shortlist",
            "shortlisted",
            "shortlist",
            Role.REVIEWER,
            "Each producer sees that {label} keeps it for a closer look.",
            RULES[T.SHORTLIST].sources,
        ),
        A.REJECT.value: ActWords(
            "Pass",
            "Pass",
            "passed on",
            "reject",
            Role.MANAGER,
            "Each producer is told that {label} passed, with the reason, what you would welcome next, and "
            "the note. The links then leave this desk.",
            RULES[T.REJECT].sources,
        ),
        A.PROPOSE.value: ActWords(
            "Put into the outbox: pass",
            "Propose to pass",
            "put into the outbox",
            "outbox",
            Role.REVIEWER,
            "The producers see nothing until a manager releases it from the outbox.",
            RULES[T.REJECT].sources,
        ),
        A.RELEASE.value: ActWords(
            "Release from the outbox",
            "Release",
            "released",
            "release",
            Role.MANAGER,
            "Each producer is told what was prepared.",
        ),
        A.TAG.value: ActWords("Tag", "Tag", "tagged", "tag", Role.REVIEWER, SILENT),
        A.UNTAG.value: ActWords("Take a tag off", "Untag", "rid of the tag", "tag", Role.REVIEWER, SILENT),
        A.ASSIGN.value: ActWords("Assign", "Assign", "assigned", "user", Role.REVIEWER, SILENT),
    }
)
"""In the order in which the buttons stand."""


def orderable(role: Role) -> list[BulkAct]:
    """Return what this role may order."""
    return [BulkAct(act) for act, words in ACTS.items() if role >= words.least]


def in_bar(role: Role) -> list[tuple[BulkAct, ActWords]]:
    """Return what the queue's bar offers this role; the page that it leads to offers the rest."""
    passing = A.REJECT if role >= Role.MANAGER else A.PROPOSE
    shown = (A.SHORTLIST, passing, A.TAG, A.ASSIGN)
    return [(act, ACTS[act]) for act in orderable(role) if act in shown]
