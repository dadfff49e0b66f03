"""Messages between producer and label; the only writer of `Message` and `MessageReading`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from kit import jobs
from kit.clock import now
from labels import blocks
from submissions.choices import ActorRole, MessageSide
from submissions.conversation.rules import refusal_of
from submissions.errors import NotPossible
from submissions.models import Message, MessageReading, Submission
from submissions.models.message import WRITERS
from submissions.permissions import Actor, admitted, saying_why_refused

USED = "This form was sent already."
NOTHING_ASKED = "No question waits for an answer."


@transaction.atomic
def write(submission: Submission, *, actor: Actor, text: str, key: UUID) -> tuple[Message, bool]:
    """Write a message, announce it, and return it and whether it is new; a repeated key returns the first one.

    Locks like the door. Raises NotAllowed, and NotPossible for what `rules.refusal_of` refuses.
    """
    fresh, role, messages = _opened(submission, actor)
    if first := _first(messages, key, actor, is_silent=False):
        return first, False
    side = MessageSide.PRODUCER if role == ActorRole.PRODUCER else MessageSide.LABEL
    is_blocked = side == MessageSide.PRODUCER and blocks.is_blocked(
        producer=fresh.producer_id, label=fresh.label_id
    )
    if refusal := refusal_of(fresh, side, messages, is_blocked=is_blocked):
        raise refusal
    message = _append(fresh, actor, role, side, key, messages, text=text)
    jobs.announce("message", message_id=message.pk)
    return message, True


@transaction.atomic
def settle(submission: Submission, *, actor: Actor, key: UUID) -> tuple[Message, bool]:
    """Mark the question that waits as answered, without words; the producer sees nothing of it.

    Raises as `write`, and NotPossible if no question waits.
    """
    fresh, role, messages = _opened(submission, actor)
    if role == ActorRole.PRODUCER:
        raise NotPossible(NOTHING_ASKED)
    if first := _first(messages, key, actor, is_silent=True):
        return first, False
    if fresh.asked_at is None:
        raise NotPossible(NOTHING_ASKED)
    if refusal := refusal_of(fresh, MessageSide.LABEL, ()):
        raise refusal
    return _append(fresh, actor, role, MessageSide.LABEL, key, messages, is_silent=True), True


def asked_at(messages: Sequence[Message]) -> datetime | None:
    """Return when the first question was written that waits for the label's answer, from all messages in order."""
    waiting: datetime | None = None
    for message in messages:
        if message.side == MessageSide.LABEL:
            waiting = None
        elif not message.redacted_at:
            waiting = waiting or message.written_at
    return waiting


def mark_read(submission: Submission, person: User, *, up_to: int) -> None:
    """Record that a person has read all up to this message; never less than before. One upsert."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [submission.pk, person.pk, up_to])


def mute(submission: Submission, person: User, *, is_muted: bool) -> None:
    """Stop or start telling a person of new messages about this submission."""
    MessageReading.objects.update_or_create(
        submission=submission, person=person, defaults={"is_muted": is_muted}
    )


def redact(message: Message) -> None:
    """Empty a message; that there was one stays."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT submissions_redact_message(%s, %s)", [message.pk, now()])


READ = """
INSERT INTO submissions_messagereading AS known (submission_id, person_id, read_up_to, is_muted)
VALUES (%s, %s, %s, false)
ON CONFLICT (submission_id, person_id) DO UPDATE SET read_up_to = greatest(known.read_up_to, EXCLUDED.read_up_to)
"""


def _opened(submission: Submission, actor: Actor) -> tuple[Submission, ActorRole, list[Message]]:
    """Return the locked submission, the actor's role and all messages."""
    fresh = Submission.objects.locked(submission.pk)
    role = admitted(actor, fresh, WRITERS)
    return fresh, role, list(Message.objects.of(fresh))


def _first(messages: Sequence[Message], key: UUID, actor: Actor, *, is_silent: bool) -> Message | None:
    """Return what this key wrote before. Raises NotPossible if that was somebody else, or something else."""
    first = next((each for each in messages if each.key == key), None)
    if first and (first.author != actor.user or first.is_silent != is_silent):
        raise NotPossible(USED)
    return first


def _append(
    fresh: Submission,
    actor: Actor,
    role: ActorRole,
    side: MessageSide,
    key: UUID,
    messages: list[Message],
    **said: str | bool,
) -> Message:
    assert actor.user
    message = Message(
        submission=fresh, side=side, author=actor.user, acted_by=actor.acted_by, key=key, **said
    )
    message.actor_role, message.written_at = role, max([now(), *(each.written_at for each in messages[-1:])])
    with saying_why_refused():
        message.save(force_insert=True)
    fresh.asked_at = asked_at([*messages, message])
    fresh.save(update_fields=["asked_at"])
    if not actor.acted_by:
        mark_read(fresh, actor.user, up_to=message.pk)
    return message
