"""The built-in step templates of the studio.

*Rock Band custom* names the parts of a song that is authored for the game; they are tracked, and never parsed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A template: its name, and its steps in order with their weights."""

    name: str
    steps: tuple[tuple[str, int], ...]

    def as_steps(self) -> Sequence[dict[str, Any]]:
        """Return the steps as `add_steps` takes them."""
        return [{"name": name, "weight": weight} for name, weight in self.steps]


BUILT_IN: Mapping[str, BuiltIn] = MappingProxyType(
    {
        "track": BuiltIn(
            "Track",
            (
                ("Sketch", 10),
                ("Arrangement", 25),
                ("Mix", 25),
                ("Feedback", 10),
                ("Master", 15),
                ("Metadata", 5),
                ("Send", 10),
            ),
        ),
        "ep": BuiltIn(
            "EP",
            (
                ("Choose the tracks", 10),
                ("Fix the order", 5),
                ("Mix", 25),
                ("Feedback", 10),
                ("Master", 20),
                ("Artwork", 15),
                ("Metadata", 5),
                ("Send", 10),
            ),
        ),
        "remix": BuiltIn(
            "Remix",
            (
                ("Agreement with the artist or label", 10),
                ("Receive the stems", 10),
                ("Sketch", 10),
                ("Arrangement", 25),
                ("Mix", 20),
                ("Approval", 10),
                ("Master", 15),
            ),
        ),
        "rock-band": BuiltIn(
            "Rock Band custom",
            (
                ("Stems", 5),
                ("MIDI", 5),
                ("Tempo map", 10),
                ("Fake ending", 2),
                ("Drums", 15),
                ("Bass", 10),
                ("Guitar", 15),
                ("Vocals", 10),
                ("Harmonies", 8),
                ("Pro keys", 8),
                ("Keys", 8),
                ("Animations", 5),
                ("Drum fills", 3),
                ("Overdrive", 4),
                ("Compile", 5),
            ),
        ),
    }
)
"""By the word that names it in addresses and forms."""
