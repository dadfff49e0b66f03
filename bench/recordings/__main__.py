"""Measure what keeping recordings costs, against the machine's limits: `make bench-recordings`."""

import argparse
import logging
from collections.abc import Callable

from bench import report, results, scratch
from bench.recordings import graph, hashing, measuring, music, rescan, seen
from bench.recordings.rows import NAME, Row, merged

Section = Callable[[str, str], list[Row]]
SECTIONS: dict[str, Section] = {
    "hashing": lambda *_: hashing.measure(),
    "rescan": lambda *_: rescan.measure(),
    "seen": seen.measure,
    "measuring": lambda *_: measuring.measure(),
    "music": lambda *_: music.measure(),
    "graph": graph.measure,
}
"""What is measured, each given the URL of a database server and the name of a fresh database on it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, separated by commas")
    chosen = parser.parse_args().only.split(",")
    logging.disable(logging.WARNING)
    for name in chosen:
        with scratch.database() as (url, database):
            around = results.circumstances()
            rows = SECTIONS[name](url, database)
        for row in rows:
            print(f"{row.work}: {row.measured}; {row.limit}; target {row.target}. {row.remark}")
        results.save(NAME, merged(results.read(NAME), name, rows, around))
    report.write()


if __name__ == "__main__":
    main()
