"""The scores of the demo's teams."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from accounts.models import User
from demo.desk import OPEN, last_event_at, reviewers_of
from demo.story import Story
from demo.tables import read_toml
from desk.models import Review, TeamSettings
from desk.scores import service as scores
from desk.scores import service as scores_service
from kit.clock import at
from labels.choices import Role
from labels.models import Label
from submissions.models import Submission

LABEL, BLIND = "kiesweg", "mare-baixa"
"""The first scores overall; the second by two criteria, with colleagues' scores hidden."""


def score_submissions(people: Mapping[str, User], today: datetime) -> None:
    """Score most open submissions of both teams, within a day of the last event."""
    _set_criteria(people["beatriz"])
    table = read_toml("desk")["scores"]
    for slug in (LABEL, BLIND):
        rows = Submission.objects.filter(label__slug=slug, state__in=OPEN, team_score=None).order_by("pk")
        for number, submission in enumerate(rows):
            if number % 4 < 3:
                _score(submission, number, table, today)
    for pk in Review.objects.order_by("submission").values_list("submission", flat=True).distinct():
        scores.mark_outdated(pk)


def score_heard(story: Story, argument: str) -> None:
    """Score a played demo, by as many members as there are marks."""
    team = story.team.at_least(Role.REVIEWER, but=story.owner)
    number = story.sent.revisions.latest("number").number
    for member, mark in zip(team, argument.split(","), strict=False):
        marks = dict.fromkeys(scores_service.saved_criteria_of(story.label), int(mark))
        scores.give(story.sent, member, marks, "", number)


def _set_criteria(owner: User) -> None:
    """Set two criteria and hidden scores for the second label."""
    label = Label.objects.get(slug=BLIND)
    scores_service.change_criteria(label, actor=owner, names={"overall": "Idea"}, added="Dance floor")
    TeamSettings.objects.create(label=label, hides_scores=True)


def _score(submission: Submission, number: int, table: Mapping[str, Any], today: datetime) -> None:
    last, words = last_event_at(submission), table["words"]
    members, marks = reviewers_of(submission), table["marks"][number % len(table["marks"])]
    pause = min(today - last, timedelta(hours=22)) / (len(marks) + 1)
    by = scores_service.saved_criteria_of(submission.label)
    revision = submission.revisions.latest("number").number
    for place, (member, mark) in enumerate(zip(members, marks, strict=False)):
        each = dict(zip(by, islice(cycle((mark, max(1, mark - 1))), len(by)), strict=True))
        with at(last + pause * (place + 1)):
            scores.give(submission, member, each, words[(number + place) % len(words)], revision)
