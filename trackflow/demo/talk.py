"""What the demo's teams write to each other about what lies on their desks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from desk.memos import service as memos
from desk.memos.mentions import handle_of
from kit.clock import at
from labels.choices import Role
from labels.models import Label, Membership
from submissions.choices import State
from submissions.models import Event, Submission

TALKS = (
    (
        "The break after the second drop is what we have been looking for. {other}, do you hear it too?",
        "I do. Let us play it to the office on Friday.",
    ),
    (
        "Low end is muddy below 60 Hz, the idea is strong. Changes rather than a pass?",
        "Changes. {other}, say exactly which bars.",
    ),
    ("Heard it twice: on headphones great, in the car the vocal drowns.",),
    ("{other} this sits right between your two Detroit things. Yours?", "Mine, thanks."),
    ("Third demo this month with the same preset lead. Not against it, only tired.",),
    (
        "Would open the B side of the autumn sampler.\nBut only if {other} agrees on the length.",
        "Agreed if they cut the intro to 16 bars.",
    ),
)
"""Memos of two people about one demo, in turn; {other} calls the other one."""

OPEN = (State.IN_REVIEW, State.SHORTLISTED, State.CHANGES_REQUESTED)
EACH = 4
"""Of a label's open submissions every so many are talked about."""


def talk(labels: Iterable[Label], today: datetime, rng: Random) -> None:
    """Let each label's team write memos about some of its open submissions, within a day of the last event."""
    for label in labels:
        submissions = Submission.objects.filter(label=label, state__in=OPEN).order_by("pk")
        for number, submission in enumerate(submissions[::EACH]):
            people = _two_of(submission)
            if len(people) == 2:
                _converse(submission, people, TALKS[number % len(TALKS)], today, rng)


def _two_of(submission: Submission) -> list[User]:
    team = Membership.objects.active().at_least(Role.REVIEWER).filter(label=submission.label_id)
    others = team.exclude(user=submission.producer_id).select_related("user").order_by("role", "pk")
    return [member.user for member in others[:2]]


def _converse(
    submission: Submission, people: list[User], lines: tuple[str, ...], today: datetime, rng: Random
) -> None:
    last = Event.objects.of(submission).latest("sequence").recorded_at
    pause = min(today - last, timedelta(hours=20)) / (len(lines) + 1)
    team = memos.team_of(submission)
    for turn, line in enumerate(lines, start=1):
        author, other = people if turn % 2 else people[::-1]
        text = line.format(other=f"@{handle_of(other, team)}")
        with at(last + pause * turn):
            memos.write(submission, author=author, text=text, key=UUID(int=rng.getrandbits(128)))
