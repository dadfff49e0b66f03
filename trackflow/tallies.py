"""Requests and jobs counted in each process, and added up in the database every few seconds.

Whichever process is asked for metrics then answers for all of them, on all machines. Nothing is counted unless
`METRICS_TOKEN` is set. A process that is killed loses what it counted in the last seconds.
"""

import atexit
import threading
from bisect import bisect_left
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, connection

from kit.models import Tally

PAUSE = 5
"""Seconds between two writes of a process."""
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds, of histograms."""
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", ""})
ADD = """
INSERT INTO kit_tally AS t (kind, name, method, outcome, seconds, buckets) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, name, method, outcome) DO UPDATE SET
    seconds = t.seconds + excluded.seconds,
    buckets = (SELECT array_agg(a + b ORDER BY n)
               FROM unnest(t.buckets, excluded.buckets) WITH ORDINALITY AS both_of(a, b, n))
"""
Series = tuple[str, str, str, str]


class Counter:
    """What a process has counted and not yet written."""

    def __init__(self) -> None:
        self._lock, self._begun = threading.Lock(), False
        self._counted: dict[Series, tuple[float, list[int]]] = {}

    def add(self, series: Series, seconds: float) -> None:
        """Count one request or job, if metrics are asked for at all."""
        if not settings.METRICS_TOKEN:
            return
        buckets = [0] * (len(BOUNDS) + 1)
        buckets[bisect_left(BOUNDS, seconds)] = 1
        with self._lock:
            self._merge(series, seconds, buckets)
            is_first, self._begun = not self._begun, True
        if is_first:
            atexit.register(self.write)
            threading.Thread(target=self._keep_writing, name="tallies", daemon=True).start()

    def write(self) -> None:
        """Add what was counted to the database's sums; what an outage prevents is kept for the next time."""
        with self._lock:
            counted, self._counted = self._counted, {}
        if not counted:
            return
        rows = [(*series, seconds, buckets) for series, (seconds, buckets) in sorted(counted.items())]
        try:
            with connection.cursor() as cursor:
                cursor.executemany(ADD, rows)  # in one order everywhere, so that no two wait for each other
        except DatabaseError:
            with self._lock:
                for series, (seconds, buckets) in counted.items():
                    self._merge(series, seconds, buckets)

    def _merge(self, series: Series, seconds: float, buckets: list[int]) -> None:
        before, counts = self._counted.get(series, (0.0, [0] * len(buckets)))
        self._counted[series] = before + seconds, [a + b for a, b in zip(counts, buckets, strict=True)]

    def _keep_writing(self) -> None:
        pause = threading.Event()
        while not pause.wait(PAUSE):
            with suppress(DatabaseError):
                self.write()
                connection.close()


counter = Counter()


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered request; `route` is "" where no address matched."""
    known = method if method in METHODS else "other"
    counter.add((Tally.Kind.REQUEST, route[:200] or "none", known, str(status)), seconds)


def count_job(task: str, outcome: str, seconds: float) -> None:
    counter.add((Tally.Kind.JOB, task[:200], "", outcome), seconds)
