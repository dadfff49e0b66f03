"""Who sits at the desk in these tests, and what they do there."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member, make_user
from submissions.models import Submission
from submissions.tests.builders import make_submission

PANEL = {"HX-Request": "true", "HX-Target": "panel"}


@dataclass
class Cast:
    """A label with its team, and people who have nothing to do with it."""

    label: Label = field(default_factory=lambda: make_label("Harbour"))

    def __post_init__(self) -> None:
        for role in Role:
            setattr(self, role.label, make_member(self.label, role))
        self.owner.name, self.manager.name, self.reviewer.name = "Olga", "Mona", "Rita"
        for member in (self.owner, self.manager, self.reviewer):
            member.save()
        self.producer = make_producer()
        self.insider = make_producer()
        Membership.objects.create(label=self.label, user=self.insider, role=Role.OWNER)
        self.rival = make_member(make_label("Rival"), Role.OWNER)
        self.stranger = make_user()

    owner: User = field(init=False)
    manager: User = field(init=False)
    reviewer: User = field(init=False)
    viewer: User = field(init=False)
    producer: User = field(init=False)
    insider: User = field(init=False)
    rival: User = field(init=False)
    stranger: User = field(init=False)

    def demo(self, state: str = "in_review", **track: Any) -> Submission:
        """Return a submission of the producer's in this state."""
        made = make_track(self.producer, **track)
        return make_submission(state, manager=self.manager, label=self.label, track=made)


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def url(name: str, submission: Submission, *more: str) -> str:
    return reverse(f"desk:{name}", args=[submission.label.slug, submission.reference, *more])


def post(
    user: User | None,
    submission: Submission,
    transition: str,
    name: str = "act",
    headers: Any = None,
    **fields: Any,
) -> Any:
    """Press a button as this person, on a page that is up to date unless `turn` says otherwise.

    Whether it may be passed unheard is answered beforehand.
    """
    said = {"turn": submission.turn, "key": uuid.uuid4(), "unheard": "on", **fields}
    return client_of(user).post(url(name, submission, transition), said, headers=headers or {})
