"""The kinds of faults: how each begins and how it ends."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from random import Random

import psycopg

from bench.faults.site import Site
from trackflow.devdb.cluster import ClusterError

Fault = Callable[[Site, Random], AbstractContextManager[None]]
MINUTE, HOUR = 60, 3600
LOCKED = ("submissions_submission", "labels_label", "accounts_session", "submissions_event")


@dataclass(frozen=True)
class Kind:
    """A kind: what it is called, how many of a thousand faults are of it, and what it needs.

    `cuts` says that who asks may get no answer at all: nothing was there to give one. `repeats` that a mail may come
    again: it was between the mail server's yes and our commit.
    """

    name: str
    share: int
    fault: Fault
    needs: str = ""
    cuts: bool = False
    repeats: bool = False
    in_smoke: bool = False


@contextmanager
def kill_web_worker(site: Site, luck: Random) -> Iterator[None]:
    children = site.web.children
    if children:
        with suppress(ProcessLookupError):
            os.kill(luck.choice(children), signal.SIGKILL)
    yield


@contextmanager
def kill_web_master(site: Site, luck: Random) -> Iterator[None]:
    site.web.kill()
    yield


@contextmanager
def kill_job_worker(site: Site, luck: Random) -> Iterator[None]:
    for each in luck.sample(site.workers, luck.choice((1, 1, 2))):
        each.kill()
    yield


@contextmanager
def stop_database(site: Site, luck: Random) -> Iterator[None]:
    assert site.ground
    site.ground.cluster.stop(luck.choice(("immediate", "immediate", "immediate", "fast")))
    time.sleep(site.down(luck))
    yield
    site.ground.cluster.start()


@contextmanager
def fill_disk(site: Site, luck: Random) -> Iterator[None]:
    assert site.ground
    site.ground.disk.fill()
    time.sleep(luck.uniform(1.5, 3))
    yield
    site.ground.disk.empty()
    with suppress(ClusterError):
        site.ground.cluster.start()  # whatever runs it would: without space for its log it had to stop


@contextmanager
def take_connections(site: Site, luck: Random) -> Iterator[None]:
    """Hold every connection that the server gives to others than superusers."""
    held = []
    with suppress(psycopg.OperationalError):
        while True:
            held.append(psycopg.connect(site.addresses.runtime))
    _cut_others(site, [each.info.backend_pid for each in held])
    end = time.monotonic() + luck.uniform(1, 2.5)
    while time.monotonic() < end:
        with suppress(psycopg.OperationalError):
            held.append(psycopg.connect(site.addresses.runtime))
    yield
    for each in held:
        each.close()


def _cut_others(site: Site, ours: list[int]) -> None:
    """Cut connections that the application has already, so that it needs new ones."""
    statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'runtime' AND NOT pid = ANY(%s)"
    if site.addresses.superuser:
        with psycopg.connect(site.addresses.superuser, autocommit=True) as superuser:
            superuser.execute(statement, [ours])


@contextmanager
def lock_table(site: Site, luck: Random) -> Iterator[None]:
    """Hold a table that pages need, as a migration that waits would."""
    with psycopg.connect(site.addresses.owner) as owner:
        owner.execute("SET lock_timeout = '5s'")
        with suppress(psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            owner.execute(f"LOCK TABLE {luck.choice(LOCKED)} IN ACCESS EXCLUSIVE MODE")  # our own words
            time.sleep(luck.uniform(1, 3))
        yield


@contextmanager
def close_mail(site: Site, luck: Random) -> Iterator[None]:
    site.mail.close()
    time.sleep(luck.uniform(1, 2))
    yield
    site.mail.heal()


@contextmanager
def slow_mail(site: Site, luck: Random) -> Iterator[None]:
    site.mail.office.delay = luck.uniform(1, 3)
    time.sleep(luck.uniform(1, 2))
    yield
    site.mail.heal()


@contextmanager
def refuse_mail(site: Site, luck: Random) -> Iterator[None]:
    site.mail.office.is_ill = True
    time.sleep(luck.uniform(1, 2))
    yield
    site.mail.heal()


@contextmanager
def cut_mail(site: Site, luck: Random) -> Iterator[None]:
    site.mail.office.cuts = True
    time.sleep(luck.uniform(1, 2))
    yield
    site.mail.heal()


@contextmanager
def move_clock(site: Site, luck: Random) -> Iterator[None]:
    seconds = luck.choice((MINUTE, 3 * MINUTE, 20 * MINUTE, HOUR, 7 * HOUR)) * luck.choice((-1, 1))
    site.clock.move(seconds)
    time.sleep(luck.uniform(1, 2))
    yield
    site.clock.move(0)


@contextmanager
def deploy(site: Site, luck: Random) -> Iterator[None]:
    site.deploy_next()
    yield


KINDS = (
    Kind("web process killed", 160, kill_web_worker, cuts=True, in_smoke=True),
    Kind("web server killed", 40, kill_web_master, cuts=True, in_smoke=True),
    Kind("workers killed", 160, kill_job_worker, repeats=True, in_smoke=True),
    Kind("database stopped", 130, stop_database, needs="cluster", repeats=True),
    Kind("disk full", 70, fill_disk, needs="disk", repeats=True),
    Kind("connections taken", 70, take_connections, needs="cluster", repeats=True),
    Kind("table locked", 70, lock_table, in_smoke=True),
    Kind("mail server closed", 50, close_mail, repeats=True, in_smoke=True),
    Kind("mail server slow", 40, slow_mail),
    Kind("mail refused (451)", 50, refuse_mail),
    Kind("mail cut off", 50, cut_mail, in_smoke=True),
    Kind("clock moved", 80, move_clock, in_smoke=True),
    Kind("next version deployed", 9, deploy, needs="versions"),
)


def possible(site: Site) -> list[Kind]:
    """Return the kinds that this site can have."""
    can = {
        "": True,
        "cluster": bool(site.ground),
        "disk": bool(site.ground and site.ground.disk.can_be_full),
        "versions": bool(site.versions),
    }
    return [kind for kind in KINDS if can[kind.needs]]


def drawn(kinds: list[Kind], many: int, luck: Random) -> list[Kind]:
    """Return so many faults by their shares, each kind at least once, in any order."""
    whole = sum(kind.share for kind in kinds)
    faults = list(kinds[:many])
    rest = many - len(faults)
    exact = [(kind, rest * kind.share / whole) for kind in kinds]
    faults += [kind for kind, share in exact for _ in range(int(share))]
    exact.sort(key=lambda each: each[1] % 1, reverse=True)
    faults += [kind for kind, _ in exact][: many - len(faults)]
    luck.shuffle(faults)
    return faults
