"""Measure pages, writes, jobs and the verifier: `make bench`; `docs/performance.md` says what is measured and how."""

import argparse
import logging
import os
from collections.abc import Sequence

from bench import setup

PARTS = ("web", "visits", "jobs", "verifier", "limit")
CORES = os.cpu_count() or 1


def main() -> None:
    asked = _arguments()
    setup.set_up()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    from bench import load, report, results  # lazy: need settings

    if not asked.report_alone:
        with setup.loaded(asked.size, lambda database: load.fill(asked.size, database)):
            found = (
                {"size": asked.size, "rounds": asked.rounds}
                | results.circumstances()
                | measured(asked, _options(asked))
            )
        found["load after"] = results.load()
        report.print_all(found)
        if not asked.only and asked.parts == ",".join(PARTS):
            results.save(_name(asked), found)
    if asked.report_alone or not asked.only:
        report.write()


def measured(asked: argparse.Namespace, options: Sequence[str]) -> dict[str, object]:
    """Return the results of each part that is asked for; jobs are those that the writes left."""
    from bench import jobs, servers, visits, web, write_limit  # lazy: need settings
    from bench.visitors import Cast

    parts, found = ["web"] if asked.only else asked.parts.split(","), {}
    if "web" in parts:
        found["web"] = web.measure(web.Plan(options, asked.rounds, asked.seconds, asked.only))
    if "visits" in parts:
        with servers.running("/health/", options) as server:
            found["visits"] = visits.measure(server, Cast.find().label)
    if "jobs" in parts:
        found["jobs"] = jobs.measure_jobs()
    if "verifier" in parts:
        found["verifier"] = jobs.measure_verifier(CORES)
    if "limit" in parts:
        found["limit"] = write_limit.measure()  # at last: the digests of pgbench are made up
    return found


def _options(asked: argparse.Namespace) -> list[str]:
    chosen = {"--workers": asked.workers, "--threads": asked.threads}
    return [word for pair in chosen.items() if pair[1] for word in pair]


def _name(asked: argparse.Namespace) -> str:
    way = "".join(f"-{value}-{name}" for name in ("workers", "threads") if (value := getattr(asked, name)))
    return f"{asked.prefix}{asked.size}{way}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1000, help="submissions in all; a fifth is at one label")
    parser.add_argument("--workers", help="instead of the Procfile's")
    parser.add_argument("--threads", help="likewise")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="for each page, round and number of clients"
    )
    parser.add_argument(
        "--only",
        default="",
        help="only pages and writes whose name holds this, and no other part; nothing is saved",
    )
    parser.add_argument("--parts", default=",".join(PARTS), help="some of these; nothing is saved")
    parser.add_argument("--prefix", default="", help="of the results' name: before-")
    parser.add_argument(
        "--report-alone", action="store_true", help="write docs/performance.md and measure nothing"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
