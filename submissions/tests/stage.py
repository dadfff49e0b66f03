"""The rows behind random histories: two labels, three tracks; one of two producers works at the first label."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.change_author import name_author
from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import at
from labels.choices import Role
from labels.models import Intake, Label, Membership
from labels.tests.builders import make_label, make_user
from submissions.choices import Capacity
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import TERMS, do, make_draft, shares_of
from submissions.tests.hourglass import ANSWER, EXTENSION, GRACE, PROMISE
from submissions.tests.model import DONE, Demo, Domain, House, Request, Song
from trackflow.testing.replays import replayed

PEOPLE = ["maya", "ned", "oda", "mik", "rae", "vic", "ada", "zoe"]
OWNERS = ["maya", "maya", "ned"]
TEAMS = (
    {"oda": Role.OWNER, "mik": Role.MANAGER, "rae": Role.REVIEWER, "vic": Role.VIEWER, "ned": Role.OWNER},
    {"zoe": Role.OWNER},
)
DRAFTS = ((0, 0), (1, 0), (2, 0), (0, 1))
"""Pairs of a track and a label."""
OFFERED: dict[str, dict[str, str]] = {
    "accept": {},
    "revise_offer": {"percentage": "55.00"},
    "counter": {"percentage": "60.00"},
}
DAYS = {"promise_days": PROMISE.days, "grace_days": GRACE.days, "answer_days": ANSWER.days}


class Stage:
    """The rows of a modelled domain, and calls of the real door."""

    def __init__(self, world: Domain) -> None:
        self.world = world
        with at(world.now):
            self.users, self.labels, self.tracks, drafts = make_rows()
        self.houses = [House({name: role.label for name, role in team.items()}) for team in TEAMS]
        self.houses[1].is_exclusive = False
        self.songs = [Song(name, track.audio_url) for name, track in zip(OWNERS, self.tracks, strict=True)]
        for row, (track, place) in zip(drafts, DRAFTS, strict=True):
            self._follow(row, track, place)

    def hire(self, place: int, name: str, role: int) -> None:
        """Give somebody this role at a label."""
        label, user = self.labels[place], self.users[name]
        with at(self.world.now):
            name_author(user)
            Membership.objects.update_or_create(label=label, user=user, defaults={"role": Role(role)})
        self.houses[place].team[name] = Role(role).label

    def start_draft(self, track: int, place: int) -> None:
        """Make a draft of a track for a label."""
        with at(self.world.now):
            row = make_draft(label=self.labels[place], track=Track.objects.get(pk=self.tracks[track].pk))
        self._follow(row, track, place)

    def _follow(self, row: Submission, track: int, place: int) -> None:
        self.world.demos.append(Demo(row.pk, self.songs[track], self.houses[place]))

    def row(self, demo: Demo) -> Submission:
        return Submission.objects.get(pk=demo.number)

    def rows(self) -> dict[int, Submission]:
        """Return every demo's row by its number, in one query."""
        return Submission.objects.in_bulk([demo.number for demo in self.world.demos])

    def door(self, demo: Demo, request: Request) -> str:
        """Call the door; return its outcome."""
        user = self.users[request.person] if request.person else None
        actor, key = Actor(user, Capacity(request.capacity)), uuid.UUID(int=request.key)
        details = self._details(demo, request)
        try:
            with at(self.world.now), transaction.atomic():
                do(self.row(demo), request.transition, actor, turn=request.turn, key=key, **details)
        except (NotAllowed, NotPossible, Stale, ValidationError) as refusal:
            return type(refusal).__name__
        return DONE

    def _details(self, demo: Demo, request: Request) -> dict[str, Any]:
        details: dict[str, dict[str, Any]] = {
            "reject": {"welcome": request.welcome},
            "schedule": {"release_on": request.release_on},
            "replace_link": {"url": f"https://soundcloud.com/maya/link-{demo.number}-{demo.version + 1}"},
            "extend": {"until": self.world.now + EXTENSION},
            "set_splits": {
                "shares": shares_of(f"{demo.version % 90 + 1}.00", f"{99 - demo.version % 90}.00")
            },
        }
        if request.transition in OFFERED and not demo.house.is_exclusive:
            return {"terms": TERMS | OFFERED[request.transition] | {"deal": "non_exclusive"}}
        return details.get(request.transition, {})


@replayed
def make_rows() -> tuple[dict[str, User], list[Label], list[Track], list[Submission]]:
    """Return the people, labels with their teams, tracks and drafts that each history begins with."""
    users = {name: _person(name) for name in PEOPLE}
    labels = [make_label("Harbour"), make_label("Quay")]
    Intake.objects.update(**DAYS)
    tracks = [make_track(users[name]) for name in OWNERS]
    for label, team in zip(labels, TEAMS, strict=True):
        for name, role in team.items():
            Membership.objects.create(label=label, user=users[name], role=role)
    drafts = [make_draft(label=labels[place], track=tracks[track]) for track, place in DRAFTS]
    return users, labels, tracks, drafts


def _person(name: str) -> User:
    email = f"{name}@example.com"
    return make_producer(email) if name in OWNERS else make_user(email, is_staff=name == "ada")
