"""Restart PostgreSQL again and again under load: `make outages` (ARGS="--restarts 4 --longest 3" for a short run).

Web server, worker, mail server and database are real processes of their own; the database lives in a temporary
folder. What is acknowledged must be there, once; everybody must be told, once; pages must be answered in time.
"""

import argparse
import itertools
import os
import shutil
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from trackflow import roles
from trackflow.devdb import db_paths
from trackflow.devdb.cluster import Cluster
from trackflow.devdb.instance import DATABASE, OWNER, RUNTIME

DOWN = (1, 1, 2, 3, 1, 5, 2, 8, 1, 13, 3, 20, 1, 30, 2, 45, 5, 60, 1, 2)
"""Seconds that the database stays down."""
UP = 6
"""Seconds of load between two restarts."""
LONGEST_ANSWER = LONGEST_RECOVERY = 2.0


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """A database server in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="tf-outages-"))
    folder.chmod(0o755)
    cluster = db_paths.find(folder)
    cluster.start()
    roles.create(cluster.url(), DATABASE, OWNER, RUNTIME)
    try:
        yield cluster
    finally:
        cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Load:
    """Threads that act and look while the database comes and goes."""

    address: str
    act: Callable[[], list[int]]
    acknowledged: list[int] = field(default_factory=list)
    answers: list[tuple[str, float, float, int]] = field(default_factory=list)
    """Path, moment, seconds and status (0: none) of each answer."""
    is_over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._act) for _ in range(2)]
        threads += [threading.Thread(target=self._look, args=[path]) for path in ("/labels/", "/health/")]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.is_over.set()
            for thread in threads:
                thread.join()

    def _act(self) -> None:
        from django.db import connection  # lazy: needs Django set up

        from kit.outages import is_outage  # lazy: as above

        while not self.is_over.wait(0.1):
            try:
                self.acknowledged += self.act()
            except Exception as error:
                connection.close()
                if not is_outage(error):
                    raise

    def _look(self, path: str) -> None:
        while not self.is_over.wait(0.1):
            start = time.monotonic()
            code = status_of(self.address + path)
            self.answers.append((path, start, time.monotonic() - start, code))

    def recovery(self, moment: float) -> float:
        """Return how long after this moment the first good page came; infinite if none did."""
        pages = [each for each in list(self.answers) if each[0] == "/labels/" and each[3] == 200]
        ends = [start + seconds for _, start, seconds, _ in pages]
        return min((end - moment for end in ends if end > moment), default=float("inf"))


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  # our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def restart(cluster: Cluster, load: Load, number: int, down: int) -> float:
    """Stop and start the database; return the seconds from its first answer to the first good page."""
    mode = "fast" if number % 2 else "immediate"
    cluster.stop(mode)
    time.sleep(down)
    cluster.start()
    moment = time.monotonic()
    time.sleep(UP)
    lasted = load.recovery(moment)
    print(f"{number:>3}  {mode:<9}  {down:>3} s down  first good page after {lasted:.2f} s", flush=True)
    return lasted


def actor_of_load() -> Callable[[], list[int]]:
    """Return a function that sends a demo and decides on it; it returns the numbers of the events it was told of."""
    from submissions.permissions import Actor  # lazy: needs Django set up
    from submissions.tests.builders import do, history  # lazy: as above
    from trackflow.testing.cast import Cast  # lazy: as above

    cast = Cast()

    def act() -> list[int]:
        demo = cast.demo("submitted")
        assert history(demo) == ["submit"]
        actor = Actor.member(cast.manager)
        return [do(demo, transition, actor).pk for transition in ("start_review", "shortlist")]

    return act


def wait_for_jobs() -> None:
    from django.db import connection  # lazy: needs Django set up
    from procrastinate.contrib.django.models import ProcrastinateJob  # lazy: as above

    from kit.clock import now  # lazy: as above
    from trackflow.testing.workers import wait_for  # lazy: as above

    connection.close()  # which was cut

    open_jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    due = open_jobs.exclude(scheduled_at__gt=now() + timedelta(minutes=2))
    while left := due.count():
        wait_for(lambda left=left: due.count() < left, f"one of {left} jobs")


def check(load: Load, ids: Counter[str], recoveries: list[float]) -> Iterator[tuple[str, Any, bool]]:
    """Yield what was found: its name, its figure, and whether that is right."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # lazy: needs Django set up

    from notifications.choices import Channel  # lazy: as above
    from notifications.models import Delivery  # lazy: as above
    from notifications.tasks import announce  # lazy: as above
    from submissions.models import Event  # lazy: as above
    from submissions.verification import faults  # lazy: as above

    there = Event.objects.filter(pk__in=load.acknowledged).count()
    yield (
        "events acknowledged and there",
        f"{there} of {len(load.acknowledged)}",
        there == len(load.acknowledged),
    )
    broken = list(faults())
    yield "faults of the histories", len(broken), not broken
    before = Delivery.objects.count()
    for number in Event.objects.values_list("pk", flat=True):
        announce(event_id=number)
    yield "deliveries missing", Delivery.objects.count() - before, Delivery.objects.count() == before
    mails = Delivery.objects.filter(channel=Channel.EMAIL)
    yield (
        "mails never marked as sent",
        mails.filter(sent_at=None).count(),
        not mails.filter(sent_at=None).exists(),
    )
    yield "Message-IDs for mails", f"{len(ids)} for {mails.count()}", len(ids) == mails.count()
    repeated = sum(count - 1 for count in ids.values())
    yield "mails sent twice, cut between yes and commit", repeated, repeated <= 2 * len(recoveries)
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    yield "jobs failed", failed, failed == 0
    codes = Counter(code for *_, code in load.answers)
    yield "answers by status", dict(codes), set(codes) <= {200, 503}
    slowest = max(seconds for _, _, seconds, _ in load.answers)
    yield "slowest answer, seconds", f"{slowest:.2f}", slowest <= LONGEST_ANSWER
    yield "slowest recovery, seconds", f"{max(recoveries):.2f}", max(recoveries) <= LONGEST_RECOVERY


def main(restarts: int, longest: int) -> int:
    import django  # lazy: the database's address is in the environment by now

    django.setup()
    from django.conf import settings  # lazy: needs Django set up
    from django.core.management import call_command  # lazy: as above

    from trackflow.testing.post_office import open_post_office  # lazy: as above
    from trackflow.testing.workers import web, worker  # lazy: as above

    call_command("deploy", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.LISTENERS["event"] = [
        name for name in settings.LISTENERS["event"] if name != "submissions.check_links"
    ]
    url = os.environ["DATABASE_URL"]
    with ExitStack() as stack:
        office, port = stack.enter_context(open_post_office())
        office.delay = 0.05
        work = stack.enter_context(worker(url, DATABASE, EMAIL_URL=f"smtp://127.0.0.1:{port}"))
        load = Load(stack.enter_context(web(url, DATABASE)), actor_of_load())
        with load.running():
            time.sleep(UP)
            downs = itertools.islice(itertools.cycle(DOWN), restarts)
            recoveries = [restart(CLUSTER, load, at, min(down, longest)) for at, down in enumerate(downs, 1)]
        wait_for_jobs()
        lives = work.poll() is None
    found = list(check(load, Counter(mail["Message-ID"] for mail in office.mails), recoveries))
    found.append(("worker is the one we started", lives, lives))
    for name, figure, is_right in found:
        print(f"{'ok   ' if is_right else 'WRONG'}  {name}: {figure}")
    return 0 if all(is_right for *_, is_right in found) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--restarts", type=int, default=20)
    parser.add_argument("--longest", type=int, default=60, help="seconds the database stays down at most")
    chosen = parser.parse_args()
    with own_cluster() as CLUSTER:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "trackflow.settings",
            "DEBUG": "off",
            "HTTPS": "off",
            "LIMITS": "off",
        }
        os.environ["LOG_LEVEL"] = "CRITICAL"
        os.environ["DATABASE_URL"] = CLUSTER.url(RUNTIME, DATABASE)
        os.environ["DATABASE_OWNER_URL"] = CLUSTER.url(OWNER, DATABASE)
        code = main(chosen.restarts, chosen.longest)
    sys.exit(code)
