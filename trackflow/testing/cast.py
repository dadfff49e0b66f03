"""The people of most tests: a label with its team, a producer, a rival label, a stranger, an admin."""

from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member, make_user
from submissions.models import Submission
from submissions.tests.builders import make_submission
from trackflow.testing.replays import replayed
from trackflow.testing.team_settings import set_undo_seconds


@dataclass
class Cast:
    """The people, at a label that sends decisions at once.

    The insider is a producer who co-owns the label, the rival owns another one.
    """

    label: Label = field(default_factory=lambda: make_label("Harbour"))
    owner: User = field(init=False)
    manager: User = field(init=False)
    reviewer: User = field(init=False)
    viewer: User = field(init=False)
    producer: User = field(init=False)
    insider: User = field(init=False)
    rival: User = field(init=False)
    stranger: User = field(init=False)
    admin: User = field(init=False)

    def __post_init__(self) -> None:
        set_undo_seconds(self.label, 0)
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
        self.admin = make_user(name="Ada", is_staff=True, is_superuser=True)

    def demo(self, state: str = "in_review", **track: Any) -> Submission:
        """Return the producer's submission in this state; the manager made the decisions."""
        return _demo(self.producer, self.label, self.manager, state, **track)


@replayed
def make_cast() -> Cast:
    """Return the cast, as the fixture does; at most once per test."""
    return Cast()


@replayed
def _demo(producer: User, label: Label, manager: User, state: str, **track: Any) -> Submission:
    return make_submission(state, manager=manager, label=label, track=make_track(producer, **track))
