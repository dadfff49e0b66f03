"""What the label's actions are called on its pages, and what the producer will see of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from submissions.choices import Transition

T = Transition


@dataclass(frozen=True, slots=True)
class ActionWords:
    """`told` takes {label} and {days}, the producer's days to answer; `key` presses the button."""

    button: str
    told: str
    key: str = ""


ACTIONS: Mapping[str, ActionWords] = MappingProxyType(
    {
        T.START_REVIEW.value: ActionWords(
            "Start review", "The producer sees that somebody at {label} opened it.", key="Enter"
        ),
        T.SHORTLIST.value: ActionWords(
            "Shortlist", "The producer sees that {label} keeps it for a closer look.", key="s"
        ),
        T.ACCEPT.value: ActionWords(
            "Offer to sign",
            "The producer is told that {label} offers to sign it, reads your terms and your note, "
            "and has {days} days to answer.",
            "a",
        ),
        T.REQUEST_CHANGES.value: ActionWords(
            "Request changes",
            "The producer reads your note and has {days} days to send a new revision. "
            "Your own clock stands still until it is here.",
            "c",
        ),
        T.REJECT.value: ActionWords(
            "Pass",
            "The producer is told that {label} passed, with your reason, what you would welcome next, "
            "and your note. The links then leave this desk.",
            "r",
        ),
        T.EXTEND.value: ActionWords(
            "Take more time",
            "The producer sees the new date by which {label} answers, and your note. You can do this once.",
        ),
        T.SCHEDULE.value: ActionWords(
            "Set the release date", "The producer sees the date, the catalogue number and your note."
        ),
        T.RELEASE.value: ActionWords(
            "Release now", "The producer is told that it is out. Nothing comes after this."
        ),
        T.RESCIND.value: ActionWords(
            "Withdraw the offer",
            "The producer is told that {label} withdrew its offer, with your reason and your note. "
            "That closes this submission.",
        ),
        T.REOPEN.value: ActionWords(
            "Reopen",
            "The producer reads your note and sees that {label} reviews it again. A new promise begins.",
        ),
    }
)
"""In the order in which the buttons stand."""

ONE_CLICK = frozenset({T.START_REVIEW, T.SHORTLIST})
"""Taken from the submission's page at once; the others ask first."""

DECIDING = frozenset({T.SHORTLIST, T.ACCEPT, T.REQUEST_CHANGES, T.REJECT})
"""After these the queue goes on to what comes next."""
