"""The team work of the demo's desks: saved views, memos, tags, assignments, a bulk action."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from accounts.models import User
from activity.choices import BulkAct
from demo.tables import read_csv, read_toml
from desk.assignment import service as assignment
from desk.bulk import runner
from desk.bulk.orders import order
from desk.memos import service as memos
from desk.memos.service import handles_of
from desk.models import Bulk, Tag
from desk.saved_views import service as saved_views
from desk.saved_views.access import view_access_of
from desk.saved_views.service import make_default
from desk.search.parser import parse
from desk.tags import service as tags_service
from kit.clock import at
from labels.choices import Role
from labels.models import Label, Membership
from submissions.choices import State
from submissions.models import Event, Submission

OPEN = (State.IN_REVIEW, State.SHORTLISTED, State.CHANGES_REQUESTED)
DISCUSSED_EVERY = 4
"""One open submission in this many has memos."""

TAGGED = 0.6
"""The share of waiting submissions that are tagged; about as many are assigned."""

BULK_TAG = "For Friday"


def save_views(people: Mapping[str, User]) -> None:
    """Save views of the queue, and make some of them start views."""
    for row in read_csv("saved_views"):
        shelf, query = view_access_of(people[row["login"]], row["label"]), parse(row["query"]).text
        view = saved_views.save_view(shelf, name=row["name"], query=query, is_team=row["is_team"] == "yes")
        if row["is_default"] == "yes":
            make_default(shelf, view)


def write_memos(labels: Iterable[Label], today: datetime, rng: Random) -> None:
    """Write memos about some open submissions of each label, within a day of the last event."""
    talks = [each["lines"] for each in read_toml("desk")["conversation"]]
    for label in labels:
        submissions = Submission.objects.filter(label=label, state__in=OPEN).order_by("pk")
        for number, submission in enumerate(submissions[::DISCUSSED_EVERY]):
            people = reviewers_of(submission)[:2]
            if len(people) == 2:
                _converse(submission, people, talks[number % len(talks)], today, rng)


def tag_and_assign(label: Label, today: datetime, rng: Random) -> None:
    """Create the tags on the label's first day; tag and assign within a day of each demo's last event."""
    members = Membership.objects.active().at_least(Role.REVIEWER).filter(label=label)
    team = [member.user for member in members.select_related("user").order_by("-role", "pk")]
    with at(today - timedelta(days=80)):
        tags = [tags_service.create(label, **each, actor=team[0]) for each in read_toml("desk")["tag"]]
    for submission in Submission.objects.filter(label=label).waiting().order_by("pk"):
        others = [user for user in team if user.pk != submission.producer_id]
        _tag_and_assign(submission, tags, others, today, rng)


def tag_in_bulk(label: Label, manager: User, today: datetime, rng: Random) -> None:
    """Tag all shortlisted submissions in bulk; some have the tag already."""
    rows = Submission.objects.at_desk(manager, label).filter(state=State.SHORTLISTED).order_by("pk")
    tag = Tag.objects.of(label).get(name=BULK_TAG)
    details = {"tag": tag.pk}
    with at(today - timedelta(minutes=90)):
        first, *others = rows
        tags_service.add(first, tag, actor=manager)
        if all(tag.pk in each.team_tags for each in others):
            tags_service.remove(others[-1], tag, actor=manager)
        key = UUID(int=rng.getrandbits(128))
        bulk = order(BulkAct.TAG, rows, label=label, user=manager, key=key, details=details)
        while Bulk.objects.unfinished().filter(pk=bulk.pk).exists():
            runner.run(bulk)


def reviewers_of(submission: Submission) -> list[User]:
    """Return who may score it, lowest roles first."""
    team = Membership.objects.active().at_least(Role.REVIEWER).filter(label=submission.label_id)
    others = team.exclude(user=submission.producer_id).select_related("user").order_by("role", "pk")
    return [member.user for member in others]


def last_event_at(submission: Submission) -> datetime:
    return Event.objects.of(submission).latest("sequence").recorded_at


def _converse(
    submission: Submission, people: list[User], lines: Sequence[str], today: datetime, rng: Random
) -> None:
    last = last_event_at(submission)
    pause = min(today - last, timedelta(hours=20)) / (len(lines) + 1)
    team = memos.team_of(submission)
    for turn, line in enumerate(lines, start=1):
        author, other = people if turn % 2 else people[::-1]
        text = line.format(other=f"@{handles_of(team)[other]}")
        with at(last + pause * turn):
            memos.write(submission, author=author, text=text, key=UUID(int=rng.getrandbits(128)))


def _tag_and_assign(
    submission: Submission, tags: list[Tag], team: list[User], today: datetime, rng: Random
) -> None:
    last = last_event_at(submission)
    with at(last + min(today - last, timedelta(hours=20)) * rng.uniform(0.2, 0.8)):
        if rng.random() < TAGGED:
            for each in rng.sample(tags, rng.choice((1, 1, 2, 3))):
                tags_service.add(submission, each, actor=rng.choice(team))
        if rng.random() < TAGGED:
            assignment.assign_and_notify(submission, rng.choice(team), actor=team[0])
