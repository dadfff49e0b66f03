"""The demo's conversations between producers and labels, and somebody who follows a demo."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from catalog.models import Collaborator
from demo.desk import OPEN, last_event_at, reviewers_of
from demo.tables import read_toml
from desk.conversation import service as desk_conversation
from kit.clock import at
from labels.models import Label
from submissions.conversation import service as conversation
from submissions.models import CoProducer, Submission
from submissions.permissions import Actor
from submissions.splits import co_producers

LONGEST_PAUSE = timedelta(hours=20)


def converse(label: Label, people: Mapping[str, User], today: datetime, rng: Random) -> None:
    """Let producers and the label write about open demos, those of the producer who can sign in first."""
    talks = [each["lines"] for each in read_toml("desk")["messages"]]
    found = Submission.objects.filter(label=label, state__in=OPEN).select_related("track", "producer")
    own_first = sorted(found, key=lambda each: (each.producer != people["maya"], each.pk))
    for submission, lines in zip(own_first, talks, strict=False):
        _write(submission, lines, today, rng)


def _write(submission: Submission, lines: Sequence[str], today: datetime, rng: Random) -> None:
    """Write the lines by turns, the producer first; an empty one marks the question as answered."""
    last, member = last_event_at(submission), reviewers_of(submission)[0]
    pause = min(today - last, LONGEST_PAUSE) / (len(lines) + 1)
    second = int((submission.track.duration or 300) * rng.uniform(0.35, 0.7))
    for turn, line in enumerate(lines, start=1):
        text, key = line.format(mark=f"{second // 60}:{second % 60:02}"), UUID(int=rng.getrandbits(128))
        with at(last + pause * turn):
            if turn % 2:
                actor = Actor.producer(submission.producer)
                conversation.write(submission, actor=actor, text=text, key=key)
            elif text:
                desk_conversation.write(submission, actor=Actor.member(member), text=text, key=key)
            else:
                desk_conversation.settle(submission, actor=Actor.member(member), key=key)


def let_follow(people: Mapping[str, User], today: datetime) -> None:
    """Let somebody sing on the producer's newest demo and follow it, and invite somebody else."""
    submission = Submission.objects.sent_by(people["maya"]).sent().latest("submitted_at", "pk")
    for name, role in (("Ines Duarte", "vocalist"), ("Tom Okafor", "producer")):
        address = f"{name.split()[0].lower()}@example.com"
        Collaborator.objects.create(
            track=submission.track, name=name, email=address, role=role, is_invited=True
        )
    with at(min(last_event_at(submission) + timedelta(minutes=1), today)):
        co_producers.invite(submission)
    with at(today - timedelta(minutes=1)):
        co_producers.follow(CoProducer.objects.of(submission)[0], None)
