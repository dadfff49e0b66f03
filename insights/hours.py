"""Medians and percentiles of whole hours, from how often each occurs."""

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from insights.figures import Times


def times_of(hours: Counter[int]) -> Times:
    """Return how many there are, their median and their ninetieth percentile."""
    return Times(hours.total(), percentile(hours, 0.5), percentile(hours, 0.9))


def percentile(hours: Counter[int], share: float) -> float | None:
    """Return where this share lies below, between two of them if need be, as PostgreSQL's `percentile_cont`."""
    total = hours.total()
    if not total:
        return None
    place = share * (total - 1)
    low, high = _at(hours, int(place)), _at(hours, min(int(place) + 1, total - 1))
    return low + (high - low) * (place - int(place))


def _at(hours: Counter[int], place: int) -> int:
    """Return what stands at a place in order, the first is 0."""
    return next(each for each, end in _ends(hours) if place < end)


def _ends(hours: Counter[int]) -> Iterator[tuple[int, int]]:
    """Yield each in order, and the place after its last."""
    ordered = sorted(hours)
    return zip(ordered, accumulate(hours[each] for each in ordered), strict=True)
