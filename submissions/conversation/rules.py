"""Who may write a message now, and why not: one answer for the service and for every page."""

from collections.abc import Sequence
from datetime import datetime

from labels.choices import MessageRule, Status
from labels.models import Label
from submissions.choices import MessageSide, State
from submissions.errors import NotPossible
from submissions.models import Message, Submission
from submissions.transition_table import LINKLESS, WAITING

LABEL_MOST = 10
"""Messages of a label without an answer; those of a producer are the label's setting."""

SPOKEN = frozenset(set(State) - LINKLESS - WAITING - {State.DRAFT})
"""States in which the label has asked for something or offered."""


def refusal_of(
    submission: Submission, side: str, messages: Sequence[Message], *, is_blocked: bool = False
) -> NotPossible | None:
    """Return why this side cannot write now, None if it can; `messages` are all of the submission, in order."""
    label = submission.label
    if submission.is_draft:
        return NotPossible("Send it first. Then you can write to each other.")
    if sentence := _standing_of(label):
        return NotPossible(sentence)
    if side == MessageSide.PRODUCER and (sentence := _closed_to_producer(submission, messages, is_blocked)):
        return NotPossible(sentence)
    return _too_many(label, side, messages)


def unanswered(messages: Sequence[Message], side: str) -> int:
    """Return how many messages this side wrote since the other's last words."""
    count = 0
    for message in messages:
        if message.side != side and not message.is_silent:
            count = 0
        count += message.side == side and not message.is_silent
    return count


def _standing_of(label: Label) -> str:
    if label.status == Status.SUSPENDED:
        return f"{label} is suspended: no messages can be sent until that is over."
    return f"{label} is closed: no messages can be sent." if label.status == Status.CLOSED else ""


def _closed_to_producer(submission: Submission, messages: Sequence[Message], is_blocked: bool) -> str:
    """Return why a label takes no messages of this producer; a blocked one is not told so."""
    label, wrote = submission.label, _last_words(messages)
    is_over = submission.state in LINKLESS and not (
        wrote and submission.moved_at and wrote > submission.moved_at
    )
    if is_blocked or is_over:
        return f"{label} takes no messages about this demo at the moment. It can still write to you."
    if wrote or submission.state in SPOKEN or label.message_rule == MessageRule.ALWAYS:
        return ""
    if label.message_rule == MessageRule.SHORTLISTED:
        if submission.state == State.SHORTLISTED:
            return ""
        return f"{label} takes messages once it has shortlisted a demo or written to you first."
    return f"{label} takes messages once it has written to you first."


def _last_words(messages: Sequence[Message]) -> datetime | None:
    said = [each.written_at for each in messages if each.side == MessageSide.LABEL and not each.is_silent]
    return said[-1] if said else None


def _too_many(label: Label, side: str, messages: Sequence[Message]) -> NotPossible | None:
    count, is_label = unanswered(messages, side), side == MessageSide.LABEL
    if count < (LABEL_MOST if is_label else label.most_unanswered):
        return None
    written = "message" if count == 1 else f"{count} messages"
    last = f"Your last {written} {'has' if count == 1 else 'have'} no answer yet."
    return NotPossible(f"{last} You can write again once {'the producer' if is_label else label} answers.")
