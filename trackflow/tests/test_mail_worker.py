"""Workers that are killed again and again while many events are announced: nothing is lost, nothing doubled.

`KILLED_EVENTS` says how many events; a thousand take some minutes.
"""

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial

import psycopg
import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.tests.builders import make_track
from kit import clock, jobs
from notifications.choices import Channel, DeliveryStatus
from notifications.models import Announcement, Delivery, Digest, Preferences
from notifications.tests.parties import Parties, make_parties
from submissions.tests.builders import make_submission
from submissions.verification import faults
from trackflow.tasks import RETRY_STALLED
from trackflow.testing.databases import TestDatabases
from trackflow.testing.post_office import PostOffice
from trackflow.testing.workers import kill, wait_for, worker

MANY, KILLS = int(os.environ.get("KILLED_EVENTS", "60")), 8
Owner = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def busy(committed_db: str) -> Parties:
    """A label that got many demos yesterday, of which nobody was told, and whose team's digests are due."""
    with clock.at(clock.now() - timedelta(days=1)):
        parties = make_parties("submitted")
        for _ in range(MANY - 1):
            track = make_track(parties.producer)
            make_submission("submitted", manager=parties.manager, label=parties.label, track=track)
    for person in (parties.owner, parties.manager):
        Preferences.objects.create(person=person, digest_hour=clock.now().hour)
    return parties


def count(*states: str) -> int:
    """Return how many of the jobs that tell people are in these states."""
    found = ProcrastinateJob.objects.filter(status__in=states)
    return found.filter(task_name__startswith="notifications.").count()


def done() -> int:
    """Return how much was done: events announced and mails sent; jobs that succeeded are deleted."""
    sent = Delivery.objects.filter(channel=Channel.EMAIL, outcome=DeliveryStatus.SENT)
    return Announcement.objects.count() + sent.count()


def has_done(many: int) -> bool:
    return done() >= many or count("todo") == 0


def lives(databases: TestDatabases, name: str, owner: Owner) -> Iterator[float]:
    """Let one worker after the other begin and be killed; yields the moment of each kill."""
    address = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
    for _ in range(KILLS):
        more = done() + 2 * MANY // (KILLS + 2)
        with worker(databases.runtime, name, EMAIL_URL=address) as process:
            wait_for(partial(has_done, more), "a worker to do its part")
            assert count("todo", "doing"), "There was nothing left to be killed at."
            kill(process)
            yield time.monotonic()
        owner.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    jobs.defer([RETRY_STALLED])
    with ExitStack() as both:
        for _ in range(2):
            both.enter_context(worker(databases.runtime, name, EMAIL_URL=address))
        wait_for(lambda: count("todo", "doing") == 0, "everybody to be told")


def test_killed_workers_lose_and_double_nothing(
    busy: Parties,
    committed_db: str,
    test_databases: TestDatabases,
    post_office: PostOffice,
    owner_connection: Owner,
) -> None:
    post_office.delay = 0.02
    kills = list(lives(test_databases, committed_db, owner_connection))
    assert Announcement.objects.count() == MANY
    rows = Counter(Delivery.objects.values_list("event", "person", "channel"))
    assert set(rows.values()) == {1}
    assert len(rows) == MANY * 3 * 2
    mails = Counter(str(mail["Message-ID"]) for mail in post_office.mails)
    alone = Delivery.objects.filter(channel="email", person=busy.producer)
    assert {row.outcome for row in alone} == {DeliveryStatus.SENT}
    assert sum(name.startswith("<delivery-") for name in mails) == MANY
    digests = Digest.objects.exclude(sent_at=None)
    assert {digest.person for digest in digests} == {busy.owner, busy.manager}
    assert sum(name.startswith("<digest-") for name in mails) == digests.count() == 2
    assert post_office.unexplained(kills) == [], (
        "only a kill between the server's yes and our commit repeats a mail"
    )
    assert list(faults()) == []
