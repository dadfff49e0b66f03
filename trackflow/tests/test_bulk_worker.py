"""A bulk action whose worker is killed in the middle."""

from collections import Counter

import psycopg
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from catalog.tests.builders import make_track
from desk.choices import BulkResult
from desk.models import Bulk
from desk.tests.bulk.builders import ordered, results
from kit import jobs
from notifications.models import Delivery
from submissions.models import Event
from submissions.permissions import Actor
from submissions.tests.builders import do, make_submission
from trackflow.tasks import RETRY_STALLED
from trackflow.testing.cast import Cast
from trackflow.testing.databases import TestDatabases
from trackflow.testing.workers import kill, wait_for, worker

MANY, MOVED_ON = 300, 10


@pytest.fixture
def full_desk(committed_db: str, settings: Settings) -> Cast:
    """A desk with three hundred demos, of which nobody was told."""
    cast = Cast()
    listeners, settings.LISTENERS = settings.LISTENERS, {**settings.LISTENERS, "event": []}
    for _ in range(MANY):
        make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.producer))
    settings.LISTENERS = listeners
    return cast


def is_half_done(bulk: Bulk) -> bool:
    return bulk.items.exclude(result=BulkResult.WAITING).count() >= MANY // 4


def is_all_told() -> bool:
    left = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    return not left.filter(task_name__startswith="notifications.").exists()


def test_bulk_reject_of_300_survives_its_worker_and_the_sums_are_right(
    full_desk: Cast,
    committed_db: str,
    test_databases: TestDatabases,
    owner_connection: psycopg.Connection[tuple[object, ...]],
    settings: Settings,
) -> None:
    bulk = ordered(full_desk)
    last = [item.submission for item in bulk.items.order_by("-id")[:MOVED_ON]]
    settings.LISTENERS = {**settings.LISTENERS, "event": []}
    for demo in last:
        do(demo, "start_review", Actor.member(full_desk.reviewer))
    with worker(test_databases.runtime, committed_db) as first:
        wait_for(lambda: is_half_done(bulk), "a worker to begin")
        kill(first)
    half = Counter(results(bulk))
    assert 0 < half[BulkResult.DONE] < MANY - MOVED_ON
    owner_connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    with worker(test_databases.runtime, committed_db):
        jobs.defer([RETRY_STALLED])  # which a minute later came by itself
        wait_for(lambda: Bulk.objects.filter(pk=bulk.pk, ended_at__isnull=False).exists(), "the end")
        wait_for(is_all_told, "everybody to be told")
    assert Counter(results(bulk)) == {BulkResult.DONE: MANY - MOVED_ON, BulkResult.SKIPPED: MOVED_ON}
    passes = Event.objects.filter(transition="reject")
    by_submission = Counter(passes.values_list("submission", flat=True))
    assert set(by_submission.values()) == {1}
    assert set(bulk.items.filter(result=BulkResult.DONE).values_list("event", flat=True)) == set(
        passes.values_list("pk", flat=True)
    )
    told = Counter(Delivery.objects.filter(event__in=passes).values_list("event", "person", "channel"))
    assert set(told.values()) == {1}
    assert {event for event, _, _ in told} == set(passes.values_list("pk", flat=True))
    assert not Delivery.objects.unsent().exists()
