"""The people around one submission, for the tests of this app."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_user
from notifications.choices import Way
from notifications.kind_table import KINDS
from notifications.models import KindChoice
from submissions.models import Submission
from submissions.tests.builders import make_submission
from trackflow.testing.replays import replayed


@dataclass
class Parties:
    """A submission, its producer, and the label's team."""

    submission: Submission
    producer: User
    owner: User
    manager: User
    reviewer: User
    viewer: User

    @property
    def label(self) -> Label:
        return self.submission.label

    def name_of(self, person: User) -> str:
        return next(name for name in NAMES if getattr(self, name) == person)


NAMES = ("producer", "owner", "manager", "reviewer", "viewer")


@replayed
def make_parties(state: str = "submitted", **track: Any) -> Parties:
    """Return a submission in a state, decided by its manager, with one member of each role."""
    label = make_label("Harbour")
    team = {role: make_member(label, role) for role in Role}
    producer = make_producer("mara@example.com", artist_name="Mara Lindqvist")
    made = make_track(producer, **{"title": "Night Drive", **track})
    submission = make_submission(state, manager=team[Role.MANAGER], label=label, track=made)
    return Parties(
        submission=submission,
        producer=producer,
        owner=team[Role.OWNER],
        manager=team[Role.MANAGER],
        reviewer=team[Role.REVIEWER],
        viewer=team[Role.VIEWER],
    )


def want_mail_at_once(parties: Parties) -> None:
    """Let everybody choose to be mailed at once of everything."""
    for name in NAMES:
        for kind in KINDS.values():
            place = {"person": getattr(parties, name), "side": kind.side, "kind": kind.key}
            KindChoice.objects.create(**place, label=None, way=Way.AT_ONCE)


def make_admin() -> User:
    return make_user("office@example.com", name="Olga Office", is_staff=True, is_superuser=True)
