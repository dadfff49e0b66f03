"""Refusals that any app raises and any page answers. What is wrong with what was typed is Django's ValidationError."""

from typing import Any


class WorkflowError(Exception):
    """A refusal that left no trace; its text is a sentence for the person."""


class NotAllowed(WorkflowError):
    """They may not do this (403)."""


class NotPossible(WorkflowError):
    """It cannot be done now: not from this state, or not at a label that is suspended or closed (409)."""


class Gone(NotPossible):
    """Somebody deleted or retired it after the page was made."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} has been deleted.")


class ChangedMeanwhile(WorkflowError):
    """Somebody changed it after the page was made; nothing was saved (409). `fresh` is what is stored now."""

    def __init__(self, what: str, fresh: Any) -> None:
        super().__init__(f"Somebody else changed this {what}. Your changes are not saved yet.")
        self.fresh = fresh
