"""What was measured of imports into the studio, as a part of `docs/performance.md`."""

from collections.abc import Iterator
from typing import Any

NAME = "imports"
SONGS = 24
TARGET = 2.0
"""Seconds for an album of 24 songs, from the first press to the last."""

SAID = f"""\
By `make bench-imports`: own time from the first press to the last, each press a whole request, against local
sources that answer at once and with no gaps between questions; what the sources themselves take comes on top. An
album of {SONGS} songs has to stay under {TARGET:g} s.
"""


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield the part of `docs/performance.md` about imports."""
    yield f"\n## Imports into the studio\n\n{SAID}"
    yield "| work | milliseconds | queries |"
    yield "| --- | --- | --- |"
    for row in found["rows"]:
        yield f"| {row['work']} | {row['ms']} | {row['queries']} |"
    around = f"{found['date']}, `{found['version']}`, load {found['load']} and {found['load after']}"
    yield f"\n{around}, {found['machine']}, {found['software']}; the median of {found['rounds']} rounds."
