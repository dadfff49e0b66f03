"""Refusals of the studio's door. Wrong input is Django's ValidationError."""

from collections.abc import Mapping
from types import MappingProxyType

from kit.errors import Gone, NotAllowed, NotPossible
from studio.choices import Level

__all__ = ["REFUSALS", "Gone", "NotAllowed", "NotPossible", "NotVisible"]

REFUSALS: Mapping[Level, str] = MappingProxyType(
    {
        Level.SEE: "Only people who can see it can do this.",
        Level.VIEW: "Only the crew can do this.",
        Level.EDIT: "Only the owner and crew with edit access can do this.",
        Level.OWN: "Only the owner can do this.",
        Level.STUDIO: "This follows from a label’s answer and cannot be done by hand.",
    }
)
"""What is said to somebody who has less than this level."""


class NotVisible(NotAllowed):
    """They may not even know of it (404)."""

    def __init__(self, sentence: str = "There is no such project or pack.") -> None:
        super().__init__(sentence)
