"""Refusals that any app raises and any page answers. What is wrong with what was typed is Django's ValidationError."""


class WorkflowError(Exception):
    """A refusal that left no trace; its text is a sentence for the person."""


class NotAllowed(WorkflowError):
    """They may not do this (403)."""


class NotPossible(WorkflowError):
    """It cannot be done now: not from this state, or not at a label that is suspended or closed (409)."""
