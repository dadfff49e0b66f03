"""Masters found inside a set by their Chromaprint fingerprints, as arrays of numbers, about eight a second.

Numbers that are alike vote for how far the set runs ahead of the master; the places with most votes are then compared
bit by bit, in blocks that may each be a little earlier or later, since DJs change the tempo. As in AcoustID's
comparison: https://github.com/acoustid/pg_acoustid/blob/main/acoustid_compare.c (`MATCH_BITS`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

ITEM_MS = 4096 / 3 / 11025 * 1000
"""Milliseconds from one number of a fingerprint to the next: a third of a frame of 4,096 samples at 11,025 Hz."""

MATCH_BITS = 14
COMMON = 400
"""Numbers whose first bits are as frequent as this in a set say nothing."""
VOTES_WIDTH = 16
PLACES = 6
BLOCK = 32
DRIFT = 24
"""By how many numbers a block may lie elsewhere than the votes say: three seconds."""
MOST_WRONG = 0.30
"""Share of wrong bits up to which a block counts; of what has nothing to do with each other half are wrong."""
FEWEST_BLOCKS = 5
LEAST_SHARE = 0.35


@dataclass(frozen=True)
class Found:
    """Where in the set a master begins to be heard and ends, and how sure that is, from 0 to 1."""

    start_ms: int
    end_ms: int
    confidence: float


class SetIndex:
    """A set's fingerprint, sorted once for any number of masters."""

    def __init__(self, items: Sequence[int]) -> None:
        import numpy  # lazy: the extra local

        self.items = numpy.array(items, dtype=numpy.uint32)
        heads = self.items >> (32 - MATCH_BITS)
        self._order = numpy.argsort(heads, kind="stable")
        self._heads = heads[self._order]

    def find(self, master: Sequence[int]) -> Found | None:
        """Return where a master is heard best, None if it is not."""
        import numpy  # lazy: the extra local

        wanted = numpy.array(master, dtype=numpy.uint32)
        if len(wanted) < FEWEST_BLOCKS * BLOCK or len(self.items) < FEWEST_BLOCKS * BLOCK:
            return None
        found = filter(None, (self._look(wanted, offset) for offset in self._offsets(wanted)))
        return max(found, key=lambda each: each.confidence, default=None)

    def _offsets(self, wanted: "np.ndarray[Any, Any]") -> Iterator[int]:
        """Yield how far the set may run ahead of the master, the most voted first."""
        import numpy  # lazy: the extra local

        heads = wanted >> (32 - MATCH_BITS)
        first = numpy.searchsorted(self._heads, heads, "left")
        counts = numpy.searchsorted(self._heads, heads, "right") - first
        counts[counts > COMMON] = 0
        places = numpy.repeat(numpy.arange(len(wanted)), counts)
        within = numpy.arange(len(places)) - numpy.repeat(numpy.cumsum(counts) - counts, counts)
        hits = self._order[numpy.repeat(first, counts) + within]
        votes = numpy.bincount((hits - places + len(wanted)) // VOTES_WIDTH)
        if not len(votes):
            return
        both = votes + numpy.append(votes[1:], 0)  # a place between two of them
        for _ in range(PLACES):
            best = int(both.argmax())
            if both[best] < FEWEST_BLOCKS:
                return
            yield (best + 1) * VOTES_WIDTH - len(wanted)
            both[max(best - 1, 0) : best + 2] = 0

    def _look(self, wanted: "np.ndarray[Any, Any]", offset: int) -> Found | None:
        """Return what is found around an offset; each block may lie a little beside where the one before lay."""
        matched: list[tuple[int, float]] = []
        blocks = range(0, len(wanted) - BLOCK + 1, BLOCK)
        for start in blocks:
            place, wrong = self._best(wanted[start : start + BLOCK], start + offset)
            if wrong <= MOST_WRONG:
                matched.append((place, wrong))
                offset = place - start
        if len(matched) < max(FEWEST_BLOCKS, LEAST_SHARE * len(blocks)):
            return None
        wrong = sorted(each for _, each in matched)[len(matched) // 2]
        share = len(matched) / len(blocks)
        first, last = matched[0][0], matched[-1][0] + BLOCK
        confidence = round((1 - 2 * wrong) * (0.5 + 0.5 * share), 2)
        return Found(round(first * ITEM_MS), round(last * ITEM_MS), confidence)

    def _best(self, block: "np.ndarray[Any, Any]", place: int) -> tuple[int, float]:
        """Return where around a place a block has the fewest wrong bits, and their share."""
        import numpy  # lazy: the extra local

        begin, end = max(place - DRIFT, 0), min(place + DRIFT + BLOCK, len(self.items))
        if end - begin < BLOCK:
            return place, 1.0
        windows = numpy.lib.stride_tricks.sliding_window_view(self.items[begin:end], BLOCK)
        wrong = numpy.bitwise_count(windows ^ block).sum(axis=1)
        best = int(wrong.argmin())
        return begin + best, float(wrong[best]) / (BLOCK * 32)


def heard_in(items: Sequence[int], masters: Iterable[tuple[int, Sequence[int]]]) -> list[tuple[int, Found]]:
    """Return which masters are heard in a set, each with its key and where, in the order of the set."""
    index = SetIndex(items)
    found = [(key, heard) for key, fingerprint in masters if (heard := index.find(fingerprint))]
    return sorted(found, key=lambda each: each[1].start_ms)
