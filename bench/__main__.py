"""Measure the server, the door and the verifier: `make bench`."""

import argparse
import logging
import sys

from bench import setup

setup.set_up()

from bench import load, report, web  # noqa: E402  # after setup


def main() -> None:
    asked = _arguments()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    chosen = {"--workers": asked.workers, "--threads": asked.threads}
    options = [word for pair in chosen.items() if pair[1] for word in pair]
    with setup.loaded(asked.size, lambda database: load.fill(asked.size, database)):
        found = web.measure(web.Plan(options, asked.rounds, asked.seconds, asked.only))
    report.print_pages(found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1000, help="submissions in all; a fifth is at one label")
    parser.add_argument("--workers", help="instead of the Procfile's")
    parser.add_argument("--threads", help="likewise")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="for each page, round and number of clients"
    )
    parser.add_argument("--only", default="", help="only pages and writes whose name holds this")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
