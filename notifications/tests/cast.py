"""People around one submission, and what happens to it, for the tests of this app."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_user
from notifications.models import Delivery
from notifications.tasks import announce
from submissions.models import Event, Submission
from submissions.tests.builders import make_submission


@dataclass
class Cast:
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


def make_cast(state: str = "submitted", **track: Any) -> Cast:
    """Return a submission in a state, decided by its manager, with one member of each role."""
    label = make_label("Harbour")
    team = {role: make_member(label, role) for role in Role}
    producer = make_producer("mara@example.com", artist_name="Mara Lindqvist")
    made = make_track(producer, **{"title": "Night Drive", **track})
    submission = make_submission(state, manager=team[Role.MANAGER], label=label, track=made)
    return Cast(
        submission=submission,
        producer=producer,
        owner=team[Role.OWNER],
        manager=team[Role.MANAGER],
        reviewer=team[Role.REVIEWER],
        viewer=team[Role.VIEWER],
    )


def make_admin() -> User:
    return make_user("office@example.com", name="Olga Office", is_staff=True, is_superuser=True)


def last_event(submission: Submission) -> Event:
    return Event.objects.of(submission).select_related("submission__label").last()  # type: ignore[return-value]  # there is one


def tell(event: Event) -> list[Delivery]:
    """Announce an event as the worker would and return its deliveries."""
    announce(event_id=event.pk)
    return list(event.deliveries.with_subject().select_related("person").order_by("id"))


def hurry() -> None:
    """Let jobs that wait for their next try begin at once."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")


def jobs_named(name: str) -> list[tuple[str, int]]:
    """Return (status, attempts) of a task's jobs, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name=name).order_by("id")
    return list(jobs.values_list("status", "attempts"))
