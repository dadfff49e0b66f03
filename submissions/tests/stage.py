"""The database's side of random lives: two labels, three tracks; one of two producers works at the first label."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import at
from labels.choices import Role
from labels.models import Intake, Membership
from labels.tests.builders import make_label, make_user
from submissions.choices import Capacity
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import do, make_draft
from submissions.tests.hourglass import ANSWER, EXTENSION, GRACE, PROMISE
from submissions.tests.model import DONE, Asked, Demo, House, Song, World

PEOPLE = ["maya", "ned", "oda", "mik", "rae", "vic", "ada", "zoe"]
OWNERS = ["maya", "maya", "ned"]
TEAM = {"oda": Role.OWNER, "mik": Role.MANAGER, "rae": Role.REVIEWER, "vic": Role.VIEWER, "ned": Role.OWNER}
DAYS = {"promise_days": PROMISE.days, "grace_days": GRACE.days, "answer_days": ANSWER.days}


class Stage:
    """Rows for a world, and its door."""

    def __init__(self, world: World) -> None:
        self.world = world
        with at(world.now):
            self.users = {name: self._person(name) for name in PEOPLE}
            self.labels = [make_label("Harbour"), make_label("Quay")]
            Intake.objects.update(**DAYS)
            self.tracks = [make_track(self.users[name]) for name in OWNERS]
        self.houses = [House(), House()]
        self.songs = [Song(name, track.audio_url) for name, track in zip(OWNERS, self.tracks, strict=True)]
        for name, role in TEAM.items():
            self.hire(0, name, role)
        self.hire(1, "zoe", Role.OWNER)
        for track, place in ((0, 0), (1, 0), (2, 0), (0, 1)):
            self.start_draft(track, place)

    def hire(self, place: int, name: str, role: int) -> None:
        """Give somebody this role at a label."""
        label, user = self.labels[place], self.users[name]
        Membership.objects.update_or_create(label=label, user=user, defaults={"role": Role(role)})
        self.houses[place].team[name] = Role(role).label

    def start_draft(self, track: int, place: int) -> None:
        """Make a draft of a track for a label."""
        with at(self.world.now):
            row = make_draft(label=self.labels[place], track=Track.objects.get(pk=self.tracks[track].pk))
        self.world.demos.append(Demo(row.pk, self.songs[track], self.houses[place]))

    def row(self, demo: Demo) -> Submission:
        return Submission.objects.get(pk=demo.number)

    def door(self, demo: Demo, asked: Asked) -> str:
        """Ask the door; return what it says."""
        user = self.users[asked.person] if asked.person else None
        actor, key = Actor(user, Capacity(asked.capacity)), uuid.UUID(int=asked.key)
        details = self._details(demo, asked)
        try:
            with at(self.world.now), transaction.atomic():
                do(self.row(demo), asked.transition, actor, turn=asked.turn, key=key, **details)
        except (NotAllowed, NotPossible, Stale, ValidationError) as refusal:
            return type(refusal).__name__
        return DONE

    def _details(self, demo: Demo, asked: Asked) -> dict[str, Any]:
        details: dict[str, dict[str, Any]] = {
            "reject": {"welcome": asked.welcome},
            "schedule": {"release_on": asked.release_on},
            "replace_link": {"url": f"https://soundcloud.com/maya/link-{demo.number}-{demo.version + 1}"},
            "extend": {"until": self.world.now + EXTENSION},
        }
        return details.get(asked.transition, {})

    def _person(self, name: str) -> User:
        email = f"{name}-{uuid.uuid4().hex[:8]}@example.com"
        return make_producer(email) if name in OWNERS else make_user(email, is_staff=name == "ada")
