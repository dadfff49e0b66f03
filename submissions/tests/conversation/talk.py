"""Messages as somebody writes them in tests."""

import uuid
from typing import Any

from accounts.models import User
from submissions.conversation import service
from submissions.models import Message, Submission
from submissions.permissions import Actor


def asks(submission: Submission, text: str = "Is a radio edit of use?", **more: Any) -> Message:
    """Let the producer write."""
    return says(submission, Actor.producer(submission.producer), text, **more)


def answers(
    submission: Submission, member: User, text: str = "Yes, please send one.", **more: Any
) -> Message:
    """Let a member of the label write."""
    return says(submission, Actor.member(member), text, **more)


def says(submission: Submission, actor: Actor, text: str, *, key: uuid.UUID | None = None) -> Message:
    return service.write(submission, actor=actor, text=text, key=key or uuid.uuid4())[0]


def settles(submission: Submission, member: User) -> Message:
    """Let a member mark the question that waits as answered."""
    return service.settle(submission, actor=Actor.member(member), key=uuid.uuid4())[0]


def texts(submission: Submission) -> list[str]:
    return [message.text for message in Message.objects.of(submission)]


def waits(submission: Submission) -> bool:
    """Whether a question waits for the label's answer."""
    return Submission.objects.get(pk=submission.pk).asked_at is not None
