"""A release as its history tells it: columns of the release, rows of its tracks and steps.

Submissions and series are named by reference, people by number.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol


class Happening(Protocol):
    """The fields of an event that are used here."""

    sequence: Any
    transition: Any
    to_state: Any
    recorded_at: Any
    actor_id: Any
    payload: Any
    private: Any


@dataclass
class StepRow:
    """A step as its events tell it; `values` are its columns."""

    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def is_done(self) -> bool:
        return self.values["done_at"] is not None

    @property
    def is_skipped(self) -> bool:
        return self.values["skipped_at"] is not None

    @property
    def is_open(self) -> bool:
        return not self.is_done and not self.is_skipped


@dataclass
class Picture:
    """The columns of the release, its track rows in order, and its step rows by number."""

    columns: dict[str, Any] = field(default_factory=dict)
    tracks: list[dict[str, Any]] = field(default_factory=list)
    steps: dict[int, StepRow] = field(default_factory=dict)

    def submissions(self) -> list[str]:
        """The references of the submissions that come out on it."""
        return [track["submission"] for track in self.tracks if track["comes_out"]]

    def ordered_steps(self) -> list[StepRow]:
        return sorted(self.steps.values(), key=lambda step: (step.position, step.number))

    @property
    def release_on(self) -> date | None:
        found: date | None = self.columns.get("release_on")
        return found
