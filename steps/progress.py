"""How much of a list of steps is done; pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Weighed(Protocol):
    """The fields of a step that are used here."""

    @property
    def weight(self) -> int: ...
    @property
    def is_done(self) -> bool: ...
    @property
    def is_skipped(self) -> bool: ...


@dataclass(frozen=True)
class Progress:
    """The weight of the steps done, and of all that are not skipped. Lists are summed with `+`."""

    done: int = 0
    weight: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(self.done + other.done, self.weight + other.weight)

    @property
    def percent(self) -> int | None:
        """0 to 100, rounded down; None where there is nothing to be done."""
        return 100 * self.done // self.weight if self.weight else None


def progress_of(steps: Iterable[Weighed]) -> Progress:
    """Return the progress of a list of steps; skipped ones count nowhere."""
    counted = [step for step in steps if not step.is_skipped]
    return Progress(
        sum(step.weight for step in counted if step.is_done), sum(step.weight for step in counted)
    )
