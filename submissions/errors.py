"""Why the door stays shut. What is wrong with what was typed is Django's ValidationError."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from submissions.models import Submission


class WorkflowError(Exception):
    """A refusal that left no trace; its text is a sentence for the person."""


class NotAllowed(WorkflowError):
    """They may not do this (403)."""


class Stale(WorkflowError):
    """The page was based on an earlier turn, or its form was used before (409)."""

    def __init__(self, sentence: str, submission: "Submission") -> None:
        super().__init__(sentence)
        self.submission = submission


class NotPossible(WorkflowError):
    """Not from this state, or not while the label is suspended (409)."""
