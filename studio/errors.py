"""Refusals of the studio's door. Wrong input is Django's ValidationError."""

from kit.errors import Gone, NotAllowed, NotPossible

__all__ = ["Gone", "NotAllowed", "NotPossible", "NotVisible"]


class NotVisible(NotAllowed):
    """They may not even know of it (404)."""
