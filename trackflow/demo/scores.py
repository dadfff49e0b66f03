"""What the demo's teams think of what lies on their desks, in figures."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import cycle, islice

from accounts.models import User
from desk.models import Manner, Review
from desk.scores import criteria
from desk.scores import service as scores
from kit.clock import at
from labels.choices import Role
from labels.models import Label, Membership
from submissions.choices import State
from submissions.models import Event, Submission
from trackflow.demo.story import Story

LABEL, BLIND = "kiesweg", "mare-baixa"
"""One scores overall; the other by two criteria, each of its team without seeing the others' first."""

MARKS = ((5, 4, 4), (3, 3), (2, 5, 3), (4,), (4, 5), (1, 2))
WORDS = (
    "The bass line alone is worth it.",
    "Fine, but we have this one already.",
    "Loses me after the break.",
    "",
    "Grower. Third time it clicked.",
)
OPEN = (State.IN_REVIEW, State.SHORTLISTED, State.CHANGES_REQUESTED)


def set_up(people: Mapping[str, User]) -> None:
    """Let the second label score by two criteria, blind."""
    label = Label.objects.get(slug=BLIND)
    criteria.change(label, actor=people["beatriz"], names={"overall": "Idea"}, added="Dance floor")
    Manner.objects.create(label=label, hides_scores=True)


def score(people: Mapping[str, User], today: datetime) -> None:
    """Let both teams score most of what is open, within a day of its last event."""
    set_up(people)
    for slug in (LABEL, BLIND):
        rows = Submission.objects.filter(label__slug=slug, state__in=OPEN, team_score=None).order_by("pk")
        for number, submission in enumerate(rows):
            if number % 4 < 3:
                _score(submission, number, today)
    for pk in Review.objects.order_by("submission").values_list("submission", flat=True).distinct():
        scores.age(pk)


def _score(submission: Submission, number: int, today: datetime) -> None:
    last = Event.objects.of(submission).latest("sequence").recorded_at
    members, marks = reviewers(submission), MARKS[number % len(MARKS)]
    pause = min(today - last, timedelta(hours=22)) / (len(marks) + 1)
    by = criteria.kept(submission.label)
    revision = submission.revisions.latest("number").number
    for place, (member, mark) in enumerate(zip(members, marks, strict=False)):
        each = dict(zip(by, islice(cycle((mark, max(1, mark - 1))), len(by)), strict=True))
        with at(last + pause * (place + 1)):
            scores.give(submission, member, each, WORDS[(number + place) % len(WORDS)], revision)


def reviewers(submission: Submission) -> list[User]:
    """Return who may score it, the lesser ones first."""
    team = Membership.objects.active().at_least(Role.REVIEWER).filter(label=submission.label_id)
    others = team.exclude(user=submission.producer_id).select_related("user").order_by("role", "pk")
    return [member.user for member in others]


def score_heard(story: Story, argument: str) -> None:
    """Let as many of the team as there are marks score what they heard."""
    team = story.door.desk.at_least(Role.REVIEWER, but=story.owner)
    number = story.sent.revisions.latest("number").number
    for member, mark in zip(team, argument.split(","), strict=False):
        marks = dict.fromkeys(criteria.kept(story.door.desk.label), int(mark))
        scores.give(story.sent, member, marks, "", number)
