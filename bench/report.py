"""What was measured, as a table on the screen."""

from typing import Any

Results = dict[str, Any]


HEAD = ("", "p50", "p95", "8: a second", "ratio", "must", "processor", "ratio", "queries", "KB")
WIDTHS = (28, 7, 7, 12, 7, 5, 10, 7, 8, 6)


def print_pages(found: Results) -> None:
    print(f"first 200 after {found['start']} s; resident {found['memory']} MB")
    print_row(HEAD)
    for row in found["pages"]:
        times = [f"{row[name]:.1f}" for name in ("p50", "p95", "rate of 8")]
        ratios = [f"{row['ratio']:.3f}", row["must"]["ratio"] or ""]
        spent = [f"{row['processor']:.2f}", f"{row['ratio by processor']:.3f}"]
        queries = "" if row["queries"] is None else row["queries"]
        print_row((row["name"], *times, *ratios, *spent, queries, f"{row['bytes'] / 1000:.1f}"))


def print_row(cells: tuple[object, ...]) -> None:
    first, *rest = zip(cells, WIDTHS, strict=True)
    print(f"{first[0]:{first[1]}}", *(f"{cell!s:>{width}}" for cell, width in rest))
