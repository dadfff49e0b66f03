"""Workers killed in a loop while events are announced: nothing is lost, nothing is told twice.

`make kills` does the same with 1,000 events (`KILLED_EVENTS`).
"""

import os
import random
import time
from collections import Counter
from functools import partial
from typing import Any

import psycopg
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from catalog.tests.builders import make_track
from kit import jobs
from notifications.choices import Channel, DeliveryStatus
from notifications.models import Announcement, Delivery
from submissions.models import Event
from submissions.tests.builders import make_submission
from submissions.verification import faults
from trackflow.tasks import RETRY_STALLED
from trackflow.testing.cast import Cast
from trackflow.testing.databases import TestDatabases
from trackflow.testing.post_office import PostOffice, open_post_office
from trackflow.testing.workers import kill, wait_for, worker

EVENTS = int(os.environ.get("KILLED_EVENTS", 40))
OLD = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"


def is_all_done() -> bool:
    left = ProcrastinateJob.objects.filter(
        status__in=["todo", "doing"], task_name__startswith="notifications."
    )
    return not left.exclude(task_name="notifications.make_digests").exists()


def done(office: PostOffice) -> int:
    """Return how much was done: events announced, which comes first, and mails."""
    return Announcement.objects.count() + len(office.mails)


def is_far_enough(office: PostOffice, enough: int) -> bool:
    return done(office) >= enough or is_all_done()


def number_of(name: str) -> int:
    """Return the delivery that a Message-ID names."""
    return int(name.removeprefix("<delivery-").partition(".")[0])


def ids_of(office: PostOffice) -> Counter[str]:
    return Counter(
        str(mail["Message-ID"]) for mail in office.mails if "<delivery-" in str(mail["Message-ID"])
    )


def test_killing_workers_loses_and_doubles_nothing(
    committed_db: str,
    test_databases: TestDatabases,
    owner_connection: psycopg.Connection[tuple[object, ...]],
) -> None:
    cast, luck, kills = Cast(), random.Random(7), list[float]()
    for _ in range(EVENTS // 2):
        make_submission("rejected", manager=cast.manager, label=cast.label, track=make_track(cast.producer))
    with open_post_office() as (office, port):
        office.delay = 0.02
        address: dict[str, Any] = {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        for _ in range(4 + EVENTS // 50):
            with (
                worker(test_databases.runtime, committed_db, **address) as one,
                worker(test_databases.runtime, committed_db, **address) as two,
            ):
                enough = done(office) + luck.randint(2, 6) * max(1, EVENTS // 60)
                wait_for(partial(is_far_enough, office, enough), "events announced, or mails")
                for each in (one, two):
                    kill(each)
                    kills.append(time.monotonic())
            owner_connection.execute(OLD)
        with worker(test_databases.runtime, committed_db, **address):
            jobs.defer([RETRY_STALLED])
            wait_for(is_all_done, "everybody to be told")
        sent = ids_of(office)
    events = Event.objects.count()
    assert Announcement.objects.count() == events == EVENTS // 2 * 2
    told = Counter(Delivery.objects.values_list("event", "person", "channel"))
    assert set(told.values()) == {1}
    mailed = Delivery.objects.filter(channel=Channel.EMAIL, outcome=DeliveryStatus.SENT)
    assert (
        len(sent)
        == mailed.count()
        == Delivery.objects.filter(channel=Channel.EMAIL, person=cast.producer)
        .exclude(outcome=DeliveryStatus.OFF)
        .count()
    )
    assert {number_of(name) for name in sent} == set(mailed.values_list("pk", flat=True))
    assert office.unexplained(kills) == [], (
        "a mail comes again only where the kill fell between yes and commit"
    )
    assert list(faults()) == []
    again = [len(moments) for name, moments in office.repeats().items() if name in sent]
    print(f"{events} events, {len(told)} of person and channel, {len(kills)} kills, {len(sent)} mails")  # noqa: T201  # for `make kills`
    print(f"{len(again)} mails came again ({max(again, default=0)} times at most), each at a kill")  # noqa: T201  # as above


pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
