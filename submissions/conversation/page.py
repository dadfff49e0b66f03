"""What pages of both sides show of a conversation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.text import Truncator

from submissions import timeline
from submissions.choices import MessageSide
from submissions.conversation.rows import Talk
from submissions.conversation.rules import refusal_of
from submissions.conversation.text import Piece, pieces, playable
from submissions.copy_view import CopyView
from submissions.models import Message, Revision, Submission
from submissions.timeline import Entry

SHOWN = 12
"""Messages that a page shows unfolded."""

SHORT = 120
"""Characters of a message that the timeline shows."""


@dataclass(frozen=True)
class MessageRow:
    """A message as one side reads it; `is_new` until this reader has seen it."""

    message: Message
    who: str
    is_own: bool
    is_new: bool
    pieces: list[Piece]
    is_message = True

    @property
    def when(self) -> datetime:
        return self.message.written_at

    @property
    def beginning(self) -> str:
        return Truncator(" ".join(self.message.text.split())).chars(SHORT)


@dataclass(frozen=True)
class Conversation:
    """A submission's messages for one reader, with why they cannot write now, "" if they can.

    `is_asked`: a question waits for the label. `up_to` is the newest message, for marking all as read.
    """

    rows: list[MessageRow]
    is_muted: bool
    refusal: str
    is_asked: bool

    @property
    def earlier(self) -> list[MessageRow]:
        """What is folded: all but the last ones."""
        return self.rows[:-SHOWN]

    @property
    def latest(self) -> list[MessageRow]:
        return self.rows[-SHOWN:]

    @property
    def unread(self) -> int:
        return sum(row.is_new for row in self.rows)

    @property
    def up_to(self) -> int:
        return max((row.message.pk for row in self.rows), default=0)

    @property
    def tag(self) -> str:
        """A hash of what the list shows."""
        shown = [(row.message.pk, row.who, row.is_new, row.message.redacted_at) for row in self.rows]
        parts = (shown, self.refusal, self.is_muted, self.is_asked)
        return sha256(repr(parts).encode()).hexdigest()[:24]


def conversation_of(
    submission: Submission,
    talk: Talk,
    side: str,
    *,
    revision: Revision | None = None,
    demo: CopyView | None = None,
) -> Conversation:
    """Return a conversation for one side; positions can be played where the page shows this demo’s player."""
    team = side == MessageSide.LABEL
    track = playable(revision.copy.get("duration"), demo.players) if revision and demo else None
    refusal = refusal_of(submission, side, talk.messages, is_blocked=talk.is_blocked)
    rows = [
        MessageRow(
            message=message,
            who=timeline.who(message, submission, team=team),
            is_own=message.side == side,
            is_new=message.side != side and message.pk > talk.reading.read_up_to,
            pieces=pieces(message.text, track),
        )
        for message in talk.messages
        if team or not message.is_silent
    ]
    return Conversation(rows, talk.reading.is_muted, str(refusal or ""), submission.asked_at is not None)


def in_order(entries: Sequence[Entry], rows: Iterable[MessageRow]) -> list[Any]:
    """Return the history's entries and the messages with words in one line of time."""
    said = [row for row in rows if not row.message.is_silent]
    return sorted([*entries, *said], key=lambda each: each.when)


@dataclass(frozen=True)
class TalkUrls:
    """Where a page reads and writes messages, marks them as read and mutes them."""

    messages: str
    read: str
    mute: str
    settle: str = ""
