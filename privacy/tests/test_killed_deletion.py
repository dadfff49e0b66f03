"""Workers that are killed again and again while they delete an account: it is deleted whole, and nothing twice."""

import re
from functools import partial

import psycopg
import pytest
from django.db.models import Q
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit import jobs
from kit.clock import now
from privacy.deletion import service as deletion
from privacy.tests.builders import rows_with
from privacy.tests.lives import MARK
from submissions.models import Event, Submission
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import kill, wait_for, worker

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
OLD = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
ENDS = ("withdraw", "decline")
PERIODIC = ("trackflow.retry_stalled", "privacy.delete_accounts")


def has_ended(many: int, person: User) -> bool:
    return Event.objects.filter(transition__in=ENDS, actor=person).count() >= many or is_deleted(person)


def is_deleted(person: User) -> bool:
    return User.objects.get(pk=person.pk).anonymised_at is not None


def is_quiet(person: User) -> bool:
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=now())
    left = ProcrastinateJob.objects.filter(due, status__in=["todo", "doing"]).exclude(task_name__in=PERIODIC)
    return is_deleted(person) and not left.exists()


def test_killed_workers_delete_an_account_whole(
    leaving: tuple[User, dict[str, Submission]],
    committed_db: str,
    test_databases: TestDatabases,
    owner_connection: psycopg.Connection[tuple[object, ...]],
) -> None:
    person, demos = leaving
    artist = person.profile.artist_name
    deletion.go_through()
    for many in (1, 2, 3):
        with worker(test_databases.runtime, committed_db) as process:
            wait_for(partial(has_ended, many, person), "a step of the deletion")
            kill(process)
        owner_connection.execute(OLD)
    with worker(test_databases.runtime, committed_db):
        jobs.defer(["trackflow.retry_stalled"])
        wait_for(partial(is_quiet, person), "the deletion to end")
    ended = Event.objects.filter(transition__in=ENDS, actor=person)
    assert ended.count() == ended.values("submission").distinct().count() == 4
    assert list(faults()) == []
    assert {mark for row in rows_with(MARK) for mark in re.findall(rf"{MARK}\d+x", row)} <= {artist}
    assert len(demos) == 9
