"""The tags of the demo's big label, where they hang, and who looks after what."""

from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from desk.assignment import assignment_notice
from desk.choices import Hue
from desk.models import Tag
from desk.tags import service as tags_service
from kit.clock import at
from labels.choices import Role
from labels.models import Label, Membership
from submissions.models import Event, Submission

SLUG = "kiesweg"
TAGS = (
    ("Peak time", Hue.TOMATO),
    ("Warm-up", Hue.MUSTARD),
    ("B side", Hue.SKY),
    ("For Friday", Hue.LIME),
    ("Remix idea", Hue.VIOLET),
    ("Needs a mixdown", Hue.PINK),
)
SHARE = 0.6
"""So much of what waits for the label carries tags; about as much has somebody who looks after it."""


def tag(today: datetime, rng: Random) -> None:
    """Make the tags on the label's first day, then tag and assign within a day of each demo's last event."""
    label = Label.objects.get(slug=SLUG)
    members = Membership.objects.active().at_least(Role.REVIEWER).filter(label=label)
    team = [member.user for member in members.select_related("user").order_by("-role", "pk")]
    with at(today - timedelta(days=80)):
        tags = [tags_service.create(label, name=name, hue=hue, actor=team[0]) for name, hue in TAGS]
    for submission in Submission.objects.filter(label=label).waiting().order_by("pk"):
        _dress(submission, tags, [user for user in team if user.pk != submission.producer_id], today, rng)


def _dress(submission: Submission, tags: list[Tag], team: list[User], today: datetime, rng: Random) -> None:
    last = Event.objects.of(submission).latest("sequence").recorded_at
    with at(last + min(today - last, timedelta(hours=20)) * rng.uniform(0.2, 0.8)):
        if rng.random() < SHARE:
            for each in rng.sample(tags, rng.choice((1, 1, 2, 3))):
                tags_service.put(submission, each, actor=rng.choice(team))
        if rng.random() < SHARE:
            assignment_notice.hand(submission, rng.choice(team), actor=team[0])
