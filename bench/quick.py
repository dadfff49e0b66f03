"""Whether pages have become faster or slower since the last committed results: `make bench-quick`, in a minute.

It compares ratios by processor: what a request costs, measured in trivial requests. Other work on the machine moves
them least.
"""

import logging
from collections.abc import Iterator
from typing import Any

from bench import results, setup

SIZE, SECONDS = 1000, 0.6
QUARTER = 0.25
RATIO = "ratio by processor"

Results = dict[str, Any]


def main() -> None:
    setup.set_up()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    from bench import load, web  # lazy: need settings

    known = results.read(str(SIZE))
    if known is None:
        raise SystemExit(f"There are no results to compare with: make bench ARGS='--size {SIZE}'")
    with setup.loaded(SIZE, lambda database: load.fill(SIZE, database)):
        found = web.measure(web.Plan([], 1, SECONDS, ""))
    print(f"compared with {known['version']} of {known['date']}, measured under a load of {known['load']}:")
    for line in compared(known["web"]["pages"], found["pages"]):
        print(line)


def compared(before: list[Results], after: list[Results]) -> Iterator[str]:
    """Yield a line for each page; what moved by more than a quarter is marked."""
    known, moved = {row["name"]: row[RATIO] for row in before}, 0
    for row in after:
        name, ratio = row["name"], row[RATIO]
        if name not in known:
            yield f"{name:28} {'':>7} {ratio:7.3f}  new"
            continue
        factor = ratio / known[name]
        is_moved = not 1 - QUARTER <= factor <= 1 + QUARTER
        moved += is_moved
        word = ("  faster" if factor > 1 else "  SLOWER") if is_moved else ""
        yield f"{name:28} {known[name]:7.3f} {ratio:7.3f}  {factor - 1:+5.0%}{word}"
    yield f"{moved} moved by more than a quarter." if moved else "None moved by more than a quarter."


if __name__ == "__main__":
    main()
