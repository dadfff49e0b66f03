"""Verifies histories with several processes, which read one snapshot of the database."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.db import connection, transaction
from django.db.models import Max, Min

from submissions import verification_process
from submissions.models import Submission
from submissions.verification import Finding, Part, examine_part, further_faults, keep_snapshot

STEP = 10_000
"""Submissions that are looked at in one go, by primary key."""


def findings(references: Sequence[str] | None, processes: int) -> Iterator[Finding]:
    """Yield what was found in part after part, from one snapshot, and at last what is wrong outside histories."""
    with transaction.atomic():
        keep_snapshot()
        parts = [Part(references)] if references is not None else list(_parts())
        if processes == 1 or len(parts) < 2:
            yield from map(examine_part, parts)
        else:
            yield from _shared(parts, processes)
        yield Finding(0, 0, list(further_faults(references)))


def _parts() -> Iterator[Part]:
    ends = Submission.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return
    for first in range(ends["first"], ends["last"] + 1, STEP):
        yield Part(pks=range(first, first + STEP))


def _shared(parts: Sequence[Part], processes: int) -> Iterator[Finding]:
    with ProcessPoolExecutor(
        min(processes, len(parts)),
        mp_context=get_context("spawn"),
        initializer=verification_process.begin,
        initargs=({**connection.settings_dict}, _exported()),
    ) as pool:
        yield from pool.map(verification_process.examine_part, parts)


def _exported() -> str:
    """Return the name of the open transaction's snapshot, for other processes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])
