"""Loads a database of any size with whole, guarded histories."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from tqdm import tqdm

from bench import setup
from bench.plan import Plan

if TYPE_CHECKING:
    from bench.histories import History
    from insights.models import SubmissionFacts

BATCH = 3000
LABELS = 300


def load(plan: Plan) -> None:
    """Fill the database in use, in this process; for tests."""
    with _finished(plan):
        for tracks in batches(plan):
            write(plan, tracks)


def batches(plan: Plan) -> Iterator[range]:
    """Yield ranges of tracks, one per transaction."""
    step = max(1, BATCH * plan.big // plan.total)
    yield from (range(first, min(first + step, plan.big)) for first in range(0, plan.big, step))


def write(plan: Plan, tracks: range) -> int:
    """Save these tracks with their submissions' histories; return the number of submissions."""
    from bench import copy_insert, histories, population  # lazy: need settings
    from bench.tracks import prepared_track
    from catalog.models import Track
    from insights.models import SubmissionFacts
    from submissions.models import Submission

    known, count = population.read_once(), sum(len(plan.copies(track)) for track in tracks)
    pks, track_pks = copy_insert.numbers(Submission, count), copy_insert.numbers(Track, len(tracks))
    cuts = [(number, prepared_track(plan, known, number, next(track_pks))) for number in tracks]
    told = [each for number, cut in cuts for each in histories.histories_of(plan, known, cut, number, pks)]
    copy_insert.write((cut.track for _, cut in cuts), told)
    copy_insert.copy(SubmissionFacts, map(_facts_of, told))
    return count


def _facts_of(told: "History") -> "SubmissionFacts":
    from insights.facts import facts_of  # lazy: needs settings

    return facts_of(told.submission, told.events, told.revision.copy)


def fill(count: int, database: str) -> None:
    """Load so many submissions, a fifth of them at one label, with as many processes as there are processors."""
    from kit.clock import now  # lazy: needs settings

    plan, start = Plan(count // 5, count, LABELS, now()), time.perf_counter()
    with _finished(plan), tqdm(total=count, unit=" submissions") as bar:
        for done in _written(plan, database):
            bar.update(done)
    seconds = time.perf_counter() - start
    print(f"{count} submissions in {seconds:.0f} s, {count / seconds:.0f} a second")


@contextmanager
def _finished(plan: Plan) -> Iterator[None]:
    """Make who sends and receives first, and what is added up at the end."""
    from bench import population, team_work  # lazy: need settings
    from insights import facts, records
    from labels.models import Label

    population.make(plan)
    yield
    team_work.add_team_work(population.read_once().desks[0].label)
    labels = list(Label.objects.all())
    facts.renew_versions(label.pk for label in labels)
    for label in labels:
        records.keep(label)


def _written(plan: Plan, database: str) -> Iterator[int]:
    """Write the batches, shared among processes, and yield their sizes; only a few are queued at a time."""
    waiting, jobs = batches(plan), os.cpu_count() or 1
    if plan.total <= BATCH:
        yield from (write(plan, tracks) for tracks in waiting)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=setup.set_up, initargs=(database,)
    ) as pool:
        running = {pool.submit(write, plan, tracks) for tracks in islice(waiting, 2 * jobs)}
        while running:
            done = next(as_completed(running))
            running.remove(done)
            running |= {pool.submit(write, plan, tracks) for tracks in islice(waiting, 1)}
            yield done.result()
