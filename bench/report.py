"""What was measured: on the screen, and as `docs/performance.md`, which is written from the results alone."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bench import import_rows, plots, results
from bench.recordings import rows as recordings
from bench.setup import ROOT

DOCS = ROOT / "docs"
SIZES = (1_000, 100_000, 1_000_000)
RELEASES = "releases"
STUDIO = "studio"
OTHERS = (RELEASES, STUDIO, recordings.NAME, import_rows.NAME)
PEER_WAY = "-2-workers-4-threads"
HEAD = ("", "p50", "p95", "8: a second", "ratio", "must", "processor", "ratio", "queries", "KB")
WIDTHS = (28, 7, 7, 12, 7, 5, 10, 7, 8, 6)

Results = dict[str, Any]


def print_all(found: Results) -> None:
    if web := found.get("web"):
        print(f"first 200 after {web['start']} s; resident {web['memory']} MB")
        print_row(HEAD)
        for row in web["pages"]:
            print_row(_cells(row))
    for name in ("visits", "jobs", "limit", "verifier"):
        if name in found:
            print(f"{name}: {found[name]}")


def _cells(row: Results) -> tuple[object, ...]:
    times = [f"{row[name]:.1f}" for name in ("p50", "p95", "rate of 8")]
    ratios = [f"{row['ratio']:.3f}", row["must"]["ratio"] or ""]
    spent = [f"{row['processor']:.2f}", f"{row['ratio by processor']:.3f}"]
    queries = "" if row["queries"] is None else row["queries"]
    return (row["name"], *times, *ratios, *spent, queries, f"{row['bytes'] / 1000:.1f}")


def print_row(cells: tuple[object, ...]) -> None:
    first, *rest = zip(cells, WIDTHS, strict=True)
    print(f"{first[0]:{first[1]}}", *(f"{cell!s:>{width}}" for cell, width in rest))


def write() -> None:
    """Write `docs/performance.md` and its drawings."""
    (DOCS / "performance").mkdir(exist_ok=True)
    for name, text in pages(all_results()).items():
        (DOCS / name).write_text(text)


def all_results() -> dict[str, Results]:
    return {name: kept for name in _names() if (kept := results.read(name))}


def pages(found: dict[str, Results]) -> dict[str, str]:
    """Return the page and its drawings by their paths in `docs`."""
    drawings = {f"performance/{name}.svg": drawing for name, drawing in _drawings(found)}
    return {"performance.md": "\n".join(_lines(found)).rstrip() + "\n"} | drawings


def _names() -> Iterator[str]:
    yield from OTHERS
    for prefix in ("", "before-"):
        for size in SIZES:
            yield from (f"{prefix}{size}", f"{prefix}{size}{PEER_WAY}")


def _lines(found: dict[str, Results]) -> Iterator[str]:
    yield INTRODUCTION
    yield from _table(
        ["results", "submissions", "rounds", "date", "version", "load before and after", "machine", "with"],
        (_circumstances(name, each) for name, each in found.items() if name not in OTHERS),
    )
    for size in SIZES:
        for way in ("", PEER_WAY):
            if each := found.get(f"{size}{way}"):
                yield from _pages(each, found.get(f"before-{size}{way}"), way)
    if each := found.get(RELEASES):
        yield f"\n## Pages with {each['size']:,} releases at one label, each with {each['steps']} steps\n"
        yield from _many(each, RELEASES_SAID)
    if each := found.get(STUDIO):
        yield f"\n## Pages with {each['size']:,} projects of one person, each with {each['steps']} steps\n"
        yield from _many(each, STUDIO_SAID)
    if each := found.get(recordings.NAME):
        yield from recordings.lines(each)
    if each := found.get(import_rows.NAME):
        yield from import_rows.lines(each)
    yield from _growth(found)
    for size in reversed(SIZES):
        if each := found.get(str(size)):
            yield from _rest(each)
            break


def _circumstances(name: str, found: Results) -> list[object]:
    load = f"{found['load']}, {found['load after']}"
    size = f"{found['size']:,}"
    return [
        name,
        size,
        found["rounds"],
        found["date"],
        f"`{found['version']}`",
        load,
        found["machine"],
        found["software"],
    ]


def _pages(found: Results, before: Results | None, way: str) -> Iterator[str]:
    served = "with 2 processes of 4 threads" if way else "as in the `Procfile`"
    yield f"\n## Pages with {found['size']:,} submissions, served {served}\n"
    if not way:
        yield f"![Ratio of each page, with a mark at what it must reach](performance/pages-{found['size']}.svg)\n"
    known = {row["name"]: row for row in before["web"]["pages"]} if before else {}
    head = [
        "page",
        "p50",
        "must",
        "p95",
        "a second, 8 clients",
        "ratio",
        "must",
        "p95 at 8",
        "processor",
        "queries",
        "KB",
    ]
    yield from _table(
        head + ["before: p50", "ratio"] * bool(before),
        (_page(row) + _before(known.get(row["name"])) * bool(before) for row in found["web"]["pages"]),
    )
    memory = ", ".join(f"{each} MB" for each in found["web"]["memory"])
    yield f"\nFirst 200 after {found['web']['start']} s; the processes held {memory} at the end."


def _page(row: Results) -> list[object]:
    must, queries = row["must"], "" if row["queries"] is None else row["queries"]
    times = [_ms(row["p50"]), _ms(must["p50"]), _ms(row["p95"]), f"{row['rate of 8']:,.0f}"]
    ratios = [f"{row['ratio']:.3f}", must["ratio"] or "", _ms(row["p95 of 8"])]
    return [row["name"], *times, *ratios, _ms(row["processor"]), queries, f"{row['bytes'] / 1000:.1f}"]


def _before(row: Results | None) -> list[object]:
    return [_ms(row["p50"]), f"{row['ratio']:.3f}"] if row else ["", ""]


def _many(found: Results, said: str) -> Iterator[str]:
    yield said
    head = ["page", "p50", "p95", "a second, 8 clients", "ratio", "p95 at 8", "processor", "queries", "KB"]
    yield from _table(
        head,
        (
            [cell for place, cell in enumerate(_page(row)) if place not in (2, 6)]
            for row in found["web"]["pages"]
        ),
    )
    yield (
        f"\nMeasured on {found['date']} with `{found['version']}`, {found['rounds']} rounds, under a load of "
        f"{found['load']} before and {found['load after']} after."
    )


def _growth(found: dict[str, Results]) -> Iterator[str]:
    sizes = [each for each in (found.get(str(size)) for size in SIZES) if each]
    if len(sizes) < 2:
        return
    yield "\n## The same pages with more submissions\n"
    yield "![p50 of each page by the number of submissions](performance/sizes.svg)\n"
    rows = [{row["name"]: row for row in each["web"]["pages"]} for each in sizes]
    head = ["p50 of", *(f"{each['size']:,}" for each in sizes), "last to first"]
    yield from _table(
        head,
        (
            [
                name,
                *(_ms(each[name]["p50"]) for each in rows),
                f"{rows[-1][name]['p50'] / rows[0][name]['p50']:.2f}",
            ]
            for name in rows[0]
        ),
    )


def _rest(found: Results) -> Iterator[str]:
    yield f"\n## Visits, jobs and the verifier with {found['size']:,} submissions\n"
    yield "As Chromium transfers them, headers included, in KB; *again* is the same page a moment later.\n"
    yield from _table(
        ["page", "first visit", "answers", "again"],
        (
            [each["name"], f"{each['first'] / 1000:.0f}", each["requests"], f"{each['again'] / 1000:.0f}"]
            for each in found["visits"]
        ),
    )
    yield "\nOne transition a second, by `perform` and by the script of pgbench:\n"
    yield from _table(
        ["clients", "pgbench", "the door", "share"],
        (
            [each, kept["pgbench"], kept["door"], f"{kept['share']:.0%}"]
            for each, kept in found["limit"].items()
        ),
    )
    jobs, verifier = found["jobs"], found["verifier"]
    yield f"\nOf {jobs['jobs']:,} jobs the worker did {jobs['rate']} a second, and held {jobs['memory']} MB."
    yield (
        f"`verify_history --processes {verifier['processes']}` looked at {verifier['events']:,} events in "
        f"{verifier['seconds']} s, {verifier['rate']:,} a second; the largest process held {verifier['memory']} MB."
    )


def _drawings(found: dict[str, Results]) -> Iterator[tuple[str, str]]:
    for size in SIZES:
        if each := found.get(str(size)):
            yield f"pages-{size}", plots.bars(_bars(each))
    sizes = [each for each in (found.get(str(size)) for size in SIZES) if each]
    if len(sizes) > 1:
        yield "sizes", plots.lines([each["size"] for each in sizes], _series(sizes))


def _bars(found: Results) -> list[plots.Bar]:
    rows = [row for row in found["web"]["pages"] if row["name"] != "trivial view"]
    return [plots.Bar(row["name"], row["ratio"], row["must"]["ratio"]) for row in rows]


def _series(sizes: Sequence[Results]) -> dict[str, list[float]]:
    rows = [{row["name"]: row["p50"] for row in each["web"]["pages"]} for each in sizes]
    return {name: [each[name] for each in rows] for name in rows[0] if name != "trivial view"}


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} ms"


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(map(str, head))} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


RELEASES_SAID = """\
By `make bench-releases`. Six in ten are out; of the others half of the steps are open. They are rows without histories,
written past the guards: lists read rows alone. A test (`releases/tests/test_plans.py`) explains every statement of
these pages on the same rows and fails on one that no index serves. *Insights* cover ninety days, other ones each time.
"""

STUDIO_SAID = """\
By `make bench-studio`. Half of the projects are released, ten packs hold twenty each, a hundred requests to join
wait; other people have 40,000 more. They are rows without events, but for those of the first pack. A test
(`studio/tests/test_plans.py`) explains every statement of these pages on the same rows and fails on one that no index
serves.
"""

INTRODUCTION = """\
# Performance

Written by `make bench` from `bench/results/`; no figure here is typed. `make bench ARGS="--size 100000"` loads so many
submissions, a fifth of them at one label, each with a whole history past every guard, and measures on a copy of that
database. The web server is the `Procfile`'s; requests come over HTTP from a process of its own, each on a new
connection, from people with sessions, and ask for no compression. `--workers 2 --threads 4` serves as other products
were measured.

*Ratio* is a page's requests a second with eight clients to those of a Django view that says “ok”, without middleware,
under the same server just before and after: it says what a page costs on any machine. *Processor* is what a request
costs web server and database together. p50 and p95 are of one client; all are medians of the rounds. What moved by more
than a quarter since these results, `make bench-quick` says within a minute. Measured once, or by other commands:
[measurements.md](measurements.md).
"""
