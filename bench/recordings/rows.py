"""What was measured of recordings: rows of a table, kept between runs that measure a part."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

NAME = "recordings"


@dataclass(frozen=True)
class Row:
    """One line of the table: `limit` is what it is held against, measured in the same run."""

    work: str
    measured: str
    limit: str
    target: str
    is_reached: bool
    remark: str = ""


def merged(
    before: dict[str, Any] | None, section: str, rows: Iterable[Row], around: dict[str, Any]
) -> dict[str, Any]:
    """Return all results with one section measured anew, and when and on what that was."""
    found = dict(before or {})
    found[section] = around | {"rows": [asdict(row) for row in rows]}
    return found


def lines(found: dict[str, Any]) -> Iterator[str]:
    """Yield the part of `docs/performance.md` about recordings."""
    yield "\n## Recordings\n"
    yield SAID
    yield "| work | measured | limit | target | reached | by |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for section, each in found.items():
        for row in each["rows"]:
            mark = "yes" if row["is_reached"] else "no"
            words = [row["work"], row["measured"], row["limit"], row["target"], mark, f"`{section}`"]
            yield f"| {' | '.join(words)} |"
    yield ""
    for section, each in found.items():
        remarks = " ".join(row["remark"] for row in each["rows"] if row["remark"])
        around = f"{each['date']}, `{each['version']}`, load {each['load']}, {each['machine']}"
        yield f"- `{section}`: {around}. {remarks}".rstrip()


SAID = """\
By `make bench-recordings` (`ARGS="--only hashing"` for a part): what it costs to keep recordings, held against what the
machine can do at best, both measured in one run.
"""
