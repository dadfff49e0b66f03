"""Medians and percentiles of whole hours, from a count of each value."""

from bisect import bisect_right
from collections import Counter
from itertools import accumulate

from insights.figures import Times


def times_of(hours: Counter[int]) -> Times:
    """Return the number of values, their median and 90th percentile."""
    median, p90 = percentiles(hours, 0.5, 0.9)
    return Times(hours.total(), median, p90)


def percentiles(hours: Counter[int], *shares: float) -> list[float | None]:
    """Return the percentile of each share, interpolated as by PostgreSQL's `percentile_cont`."""
    ordered = sorted(hours)
    ends = list(accumulate(map(hours.__getitem__, ordered)))
    if not ends or not ends[-1]:
        return [None] * len(shares)
    last = ends[-1] - 1

    def at(place: int) -> int:
        return ordered[bisect_right(ends, place)]

    found: list[float | None] = []
    for share in shares:
        place = share * last
        low, high = at(int(place)), at(min(int(place) + 1, last))
        found.append(low + (high - low) * (place - int(place)))
    return found
