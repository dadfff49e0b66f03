"""Load a desk of any size with whole, guarded histories: `make bench-load`."""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import islice

from tqdm import tqdm

from bench import setup
from bench.plan import Plan

BATCH = 3000


def load(plan: Plan) -> None:
    """Fill the database in use, in this process; for tests."""
    from bench import population, team_work  # lazy: need settings

    population.make(plan)
    for tracks in batches(plan):
        write(plan, tracks)
    team_work.add_team_work(population.read_once().desks[0].label)


def batches(plan: Plan) -> Iterator[range]:
    """Yield ranges of tracks, one per transaction."""
    step = max(1, BATCH * plan.big // plan.total)
    yield from (range(first, min(first + step, plan.big)) for first in range(0, plan.big, step))


def write(plan: Plan, tracks: range) -> int:
    """Save these tracks with their submissions' histories; return the number of submissions."""
    from bench import copy_insert, histories, population  # lazy: need settings
    from bench.tracks import prepared_track
    from catalog.models import Track
    from submissions.models import Submission

    known, count = population.read_once(), sum(len(plan.copies(track)) for track in tracks)
    pks, track_pks = copy_insert.numbers(Submission, count), copy_insert.numbers(Track, len(tracks))
    cuts = [(number, prepared_track(plan, known, number, next(track_pks))) for number in tracks]
    told = [each for number, cut in cuts for each in histories.histories_of(plan, known, cut, number, pks)]
    copy_insert.write((cut.track for _, cut in cuts), told)
    return count


def main() -> None:
    asked = _arguments()
    setup.set_up(fresh=asked.fresh)
    from bench import population, team_work  # lazy: need settings
    from kit.clock import now
    from submissions.models import Submission

    if Submission.objects.exists():
        sys.exit("There are submissions already; --fresh throws them away.")
    plan = Plan(asked.big, asked.all, asked.labels, now())
    population.make(plan)
    start = time.perf_counter()
    (_load_serially if asked.jobs == 1 else _load_in_parallel)(plan, asked.jobs)
    team_work.add_team_work(population.read_once().desks[0].label)
    seconds = time.perf_counter() - start
    print(f"{plan.total} submissions in {seconds:.0f} s, {plan.total / seconds:.0f} a second")
    setup.vacuum()


def _load_serially(plan: Plan, jobs: int) -> None:
    with tqdm(total=plan.total, unit=" submissions") as bar:
        for tracks in batches(plan):
            bar.update(write(plan, tracks))


def _load_in_parallel(plan: Plan, jobs: int) -> None:
    """Share the batches among processes; only a few are queued at a time."""
    context, waiting = multiprocessing.get_context("spawn"), batches(plan)
    with (
        tqdm(total=plan.total, unit=" submissions") as bar,
        ProcessPoolExecutor(jobs, mp_context=context, initializer=setup.set_up) as pool,
    ):
        running = {pool.submit(write, plan, tracks) for tracks in islice(waiting, 2 * jobs)}
        while running:
            done = next(as_completed(running))
            running.remove(done)
            bar.update(done.result())
            running |= {pool.submit(write, plan, tracks) for tracks in islice(waiting, 1)}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--big", type=int, default=100_000, help="submissions at the big label")
    parser.add_argument("--all", type=int, default=1_000_000, help="submissions in all")
    parser.add_argument("--labels", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--fresh", action="store_true", help="throw away what was loaded before")
    return parser.parse_args()


if __name__ == "__main__":
    main()
