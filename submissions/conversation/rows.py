"""The rows of a conversation, read in one query with what else a page shows."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from accounts.models import User
from kit.bundles import Bundle
from kit.statements import Statement, param
from labels.models import Block
from submissions.history_rows import event_rows, link_revisions, revision_rows
from submissions.models import CoProducer, Event, Message, MessageReading, Revision, Submission


@dataclass(frozen=True)
class Talk:
    """All messages of a submission in order, how far the reader has read, and whether the producer is blocked."""

    messages: list[Message]
    reading: MessageReading
    is_blocked: bool


@dataclass(frozen=True)
class ProducerRows:
    """What a producer's page of a submission shows besides its row."""

    events: list[Event]
    revisions: list[Revision]
    co_producers: list[CoProducer]
    talk: Talk


def producer_rows_of(submission: Submission) -> ProducerRows:
    """Return events with people, revisions with events, each oldest first, and the conversation. One query."""
    reader = submission.producer_id
    found = _of_producer().read(
        submission=submission.pk, reader=reader, label=submission.label_id, producer=reader
    )
    link_revisions(submission, found["events"], found["revisions"])
    talk = talk_from(submission, reader, found)
    return ProducerRows(found["events"], found["revisions"], found["co_producers"], talk)


def talk_of(submission: Submission, reader: User) -> Talk:
    """Return the conversation as this person reads it. One query."""
    found = _talk().read(
        submission=submission.pk,
        reader=reader.pk,
        label=submission.label_id,
        producer=submission.producer_id,
    )
    return talk_from(submission, reader.pk, found)


def talk_from(submission: Submission, reader: int, found: dict[str, list[Any]]) -> Talk:
    """Return the conversation from the rows of `talk_parts`."""
    fresh = MessageReading(submission=submission, person_id=reader)
    return Talk(found["messages"], next(iter(found["readings"]), fresh), bool(found["blocks"]))


def talk_parts(blocks: Statement[Block] | None = None) -> dict[str, Statement[Any]]:
    """Return the statements of a conversation, for a bundle with a `reader`, a `label` and a `producer`."""
    submission = param("submission")
    readings = MessageReading.objects.filter(submission=submission, person=param("reader"))
    standing = Block.objects.standing().filter(label=param("label"), producer=param("producer"))
    return {
        "messages": Statement(Message.objects.of(submission)),
        "readings": Statement(readings),
        "blocks": blocks or Statement(standing),
    }


@cache
def _talk() -> Bundle:
    return Bundle(**talk_parts())


@cache
def _of_producer() -> Bundle:
    co_producers = Statement(CoProducer.objects.of(param("submission")))
    return Bundle(events=event_rows(), revisions=revision_rows(), co_producers=co_producers, **talk_parts())
