"""What each state is called on either side, whose turn it is, and what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from submissions.choices import Ball, State

S, B = State, Ball


@dataclass(frozen=True, slots=True)
class StateWords:
    desk_name: str
    producer_name: str
    ball: Ball
    desk_next: str
    producer_next: str


def _words(desk: str, producer: str, ball: Ball, desk_next: str, producer_next: str) -> StateWords:
    return StateWords(desk, producer, ball, desk_next, producer_next)


STATES: Mapping[str, StateWords] = MappingProxyType(
    {
        S.DRAFT: _words(
            "Draft",
            "Draft",
            B.PRODUCER,
            "Not sent yet.",
            "Nobody at the label sees this yet. Send it when it is ready.",
        ),
        S.SUBMITTED: _words(
            "New",
            "Waiting to be opened",
            B.LABEL,
            "Nobody here has opened it yet.",
            "It is in the label’s inbox. You will see here when somebody opens it.",
        ),
        S.IN_REVIEW: _words(
            "In review",
            "Being reviewed",
            B.LABEL,
            "Listen, then shortlist it, ask for changes, or answer.",
            "Somebody at the label opened it. Their answer comes next.",
        ),
        S.SHORTLISTED: _words(
            "Shortlisted",
            "Shortlisted",
            B.LABEL,
            "Kept for a closer look. An answer is still owed.",
            "The label keeps it for a closer look. Their answer comes next.",
        ),
        S.CHANGES_REQUESTED: _words(
            "Changes requested",
            "Changes wanted",
            B.PRODUCER,
            "The producer was asked for a new revision.",
            "The label asks for changes. Edit the track, then send the new revision.",
        ),
        S.ACCEPTED: _words(
            "Offered",
            "They want to sign it",
            B.PRODUCER,
            "Your offer waits for the producer.",
            "The label offers to sign it. Take the offer or turn it down.",
        ),
        S.SIGNED: _words(
            "Signed",
            "Signed",
            B.LABEL,
            "The producer took the offer. Set a release date.",
            "You took the offer. The label sets a release date next.",
        ),
        S.SCHEDULED: _words(
            "Scheduled",
            "Scheduled",
            B.LABEL,
            "It has a release date.",
            "It has a release date. Nothing to do until then.",
        ),
        S.RELEASED: _words("Released", "Released", B.NOBODY, "It is out.", "It is out. Congratulations."),
        S.REJECTED: _words(
            "Passed",
            "They passed",
            B.NOBODY,
            "The label passed.",
            "The label passed on it. This one is closed.",
        ),
        S.DECLINED: _words(
            "Declined",
            "You declined",
            B.NOBODY,
            "The producer turned the offer down.",
            "You turned the offer down.",
        ),
        S.WITHDRAWN: _words(
            "Withdrawn", "You withdrew it", B.NOBODY, "The producer took it back.", "You took it back."
        ),
        S.EXPIRED: _words(
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
    """Return the states in which this side has the ball, drafts left out."""
    return [state for state, words in STATES.items() if words.ball == ball and state != S.DRAFT]
