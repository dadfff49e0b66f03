"""Errors of the door. Wrong input is Django's ValidationError."""

from typing import TYPE_CHECKING

from kit.errors import NotAllowed, NotPossible, WorkflowError

if TYPE_CHECKING:
    from releases.models import Release

__all__ = ["NotAllowed", "NotPossible", "Stale", "WorkflowError"]


class Stale(WorkflowError):
    """The page was based on an earlier turn, or its form was used before (409)."""

    def __init__(self, sentence: str, release: "Release") -> None:
        super().__init__(sentence)
        self.release = release
