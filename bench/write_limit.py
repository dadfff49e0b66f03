"""How close the door comes to what PostgreSQL allows: `perform` beside a script of pgbench that writes the same."""

import re
import shutil
import subprocess
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench import setup
from bench.setup import ROOT

WRITES = {1: 300, 8: 800}
"""By number of clients."""
PROCESSES = 2
"""That the clients of the door are shared among, as in the web server."""

Results = dict[str, Any]


def measure() -> Results:
    """Return writes a second through the door and by pgbench, and the door's share, by number of clients."""
    from bench.visitors import Cast  # lazy: needs settings
    from bench.writes import make_waiting  # lazy: as above

    cast, found = Cast.find(), {}
    for clients, count in WRITES.items():
        most = by_pgbench(cast.reviewer.pk, make_waiting(cast, count), clients)
        door = through_the_door(cast.reviewer.pk, make_waiting(cast, count), clients)
        found[str(clients)] = {"pgbench": round(most), "door": round(door), "share": round(door / most, 3)}
    return found


def by_pgbench(actor: int, waiting: Sequence[int], clients: int) -> float:
    """Return how many reviews pgbench begins a second; the submissions have consecutive keys."""
    from django.db import connection  # lazy: needs settings

    there = connection.settings_dict
    place = {"host": there["OPTIONS"]["host"], "port": there["OPTIONS"]["port"], "username": there["USER"]}
    variables = {"first": waiting[0], "clients": clients, "actor": actor, "number": -1}
    done = subprocess.run(  # noqa: S603  # our own words
        [
            program(),
            "--no-vacuum",
            f"--file={ROOT / 'bench' / 'write_limit.sql'}",
            f"--client={clients}",
            f"--transactions={len(waiting) // clients}",
            *(f"--{name}={value}" for name, value in place.items()),
            *(f"--define={name}={value}" for name, value in variables.items()),
            there["NAME"],
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "number of failed transactions: 0" in done.stdout, done.stdout + done.stderr
    return float(re.findall(r"tps = ([\d.]+)", done.stdout)[0])


def program() -> str:
    """Return the path of pgbench: the one beside the embedded server, or the system's."""
    from trackflow.devdb import db_paths  # lazy: as above

    beside: Path = db_paths.find(ROOT).programs / "pgbench"
    return str(beside) if beside.exists() else str(shutil.which("pgbench"))


def through_the_door(actor: int, waiting: Sequence[int], clients: int) -> float:
    """Return how many reviews `perform` begins a second, with a thread for each client."""
    from django.db import connection  # lazy: as above

    processes = min(clients, PROCESSES)
    cuts, threads = [list(waiting[place::processes]) for place in range(processes)], clients // processes
    with ProcessPoolExecutor(
        processes,
        mp_context=get_context("spawn"),
        initializer=setup.set_up,
        initargs=(connection.settings_dict["NAME"],),
    ) as pool:
        spans = list(pool.map(begin_reviews, [actor] * processes, cuts, [threads] * processes))
    return len(waiting) / (max(end for _, end in spans) - min(start for start, _ in spans))


def begin_reviews(actor: int, waiting: Sequence[int], threads: int) -> tuple[float, float]:
    """Begin reviews in this process; return when that began and ended."""
    from accounts.models import User  # lazy: needs settings
    from submissions.models import Submission  # lazy: as above
    from submissions.permissions import Actor  # lazy: as above
    from submissions.workflow import perform  # lazy: as above

    member, rows = Actor.member(User.objects.get(pk=actor)), Submission.objects.in_bulk(waiting)

    def begin(pk: int) -> None:
        perform(rows[pk], "start_review", actor=member, turn=1, key=uuid.uuid4())

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(begin, waiting[:threads]))  # connections are opened
        start = time.time()
        list(pool.map(begin, waiting[threads:]))
    return start, time.time()
