"""The built-in step templates: what a label usually does for a single, an EP, a remix package, and authoring work.

Days are counted back from the release date, for authoring work from the day it is delivered. Steps wait for others by
number, within their template.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from steps.choices import Area

A = Area


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a template; the producer sees the shared ones."""

    number: int
    name: str
    area: Area
    weight: int
    days_before: int
    waits_for: tuple[int, ...] = ()
    is_shared: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    name: str
    steps: tuple[PlannedStep, ...]

    def as_steps(self) -> list[dict[str, Any]]:
        """Return the steps as `add_steps` takes them."""
        return [asdict(step) for step in self.steps]


SINGLE = (
    PlannedStep(1, "Send the contract", A.LEGAL, 10, 63),
    PlannedStep(2, "Contract signed by all", A.LEGAL, 10, 49, (1,), True),
    PlannedStep(3, "Receive the final mix", A.AUDIO, 10, 56, (), True),
    PlannedStep(4, "Master", A.AUDIO, 20, 42, (3,), True),
    PlannedStep(5, "Approve the master", A.AUDIO, 5, 38, (4,), True),
    PlannedStep(6, "Brief the artwork", A.ARTWORK, 5, 56),
    PlannedStep(7, "Final artwork, 3000 × 3000", A.ARTWORK, 15, 38, (6,), True),
    PlannedStep(8, "Credits and codes complete", A.METADATA, 10, 35, (2,)),
    PlannedStep(9, "Deliver to the distributor", A.DELIVERY, 15, 28, (5, 7, 8)),
    PlannedStep(10, "Check the stores’ previews", A.DELIVERY, 5, 14, (9,)),
    PlannedStep(11, "Send promos to DJs and press", A.PROMO, 15, 21, (5,), True),
    PlannedStep(12, "Pitch to playlists", A.PROMO, 10, 21, (9,)),
    PlannedStep(13, "Announce with pre-save link", A.PROMO, 10, 10, (7, 9), True),
    PlannedStep(14, "Release day posts", A.PROMO, 5, 0, (13,), True),
    PlannedStep(15, "Collect DJ feedback and press", A.PROMO, 5, -14, (11,)),
)

EP = (
    PlannedStep(1, "Send the contracts", A.LEGAL, 10, 84),
    PlannedStep(2, "Contracts signed by all", A.LEGAL, 10, 63, (1,), True),
    PlannedStep(3, "Track list and order fixed", A.AUDIO, 5, 77, (), True),
    PlannedStep(4, "Receive all final mixes", A.AUDIO, 15, 70, (3,), True),
    PlannedStep(5, "Master all tracks", A.AUDIO, 25, 56, (4,), True),
    PlannedStep(6, "Approve the masters", A.AUDIO, 5, 49, (5,), True),
    PlannedStep(7, "Brief the artwork", A.ARTWORK, 5, 70),
    PlannedStep(8, "Final artwork, 3000 × 3000", A.ARTWORK, 15, 49, (7,), True),
    PlannedStep(9, "Canvas and teaser clips", A.ARTWORK, 10, 35, (6, 8)),
    PlannedStep(10, "Credits and codes complete", A.METADATA, 10, 42, (2, 3)),
    PlannedStep(11, "Press text", A.PROMO, 10, 42, (3,)),
    PlannedStep(12, "Deliver to the distributor", A.DELIVERY, 15, 35, (6, 8, 10)),
    PlannedStep(13, "Check the stores’ previews", A.DELIVERY, 5, 21, (12,)),
    PlannedStep(14, "Send promos to DJs and press", A.PROMO, 15, 28, (6, 11), True),
    PlannedStep(15, "Premiere agreed", A.PROMO, 10, 21, (14,), True),
    PlannedStep(16, "Pitch to playlists", A.PROMO, 10, 28, (12,)),
    PlannedStep(17, "Announce with first track", A.PROMO, 10, 21, (9, 12), True),
    PlannedStep(18, "Release day posts", A.PROMO, 5, 0, (17,), True),
    PlannedStep(19, "Collect DJ feedback and press", A.PROMO, 5, -14, (14,)),
)

REMIXES = (
    PlannedStep(1, "Choose the remixers", A.OTHER, 10, 112),
    PlannedStep(2, "Remix agreements signed", A.LEGAL, 10, 98, (1,), True),
    PlannedStep(3, "Send the stems", A.AUDIO, 10, 91, (2,), True),
    PlannedStep(4, "Receive first versions", A.AUDIO, 10, 70, (3,)),
    PlannedStep(5, "Receive final remixes", A.AUDIO, 20, 56, (4,), True),
    PlannedStep(6, "Master all remixes", A.AUDIO, 20, 49, (5,), True),
    PlannedStep(7, "Original artist approves the remixes", A.LEGAL, 10, 49, (5,), True),
    PlannedStep(8, "Remix artwork", A.ARTWORK, 10, 42),
    PlannedStep(9, "Credits, remixers and codes complete", A.METADATA, 10, 38, (2,)),
    PlannedStep(10, "Deliver to the distributor", A.DELIVERY, 15, 28, (6, 7, 8, 9)),
    PlannedStep(11, "Send promos to DJs", A.PROMO, 15, 21, (6,), True),
    PlannedStep(12, "Announce with all remixers", A.PROMO, 10, 10, (8, 10), True),
    PlannedStep(13, "Release day posts", A.PROMO, 5, 0, (12,), True),
)

AUTHORING = (
    PlannedStep(1, "Rights and stems received", A.LEGAL, 10, 56, (), True),
    PlannedStep(2, "Prepare the stems", A.AUDIO, 10, 49, (1,)),
    PlannedStep(3, "Tempo map", A.METADATA, 15, 45, (2,)),
    PlannedStep(4, "Drums", A.AUDIO, 20, 35, (3,)),
    PlannedStep(5, "Bass", A.AUDIO, 15, 31, (3,)),
    PlannedStep(6, "Guitar", A.AUDIO, 20, 28, (3,)),
    PlannedStep(7, "Vocals and lyrics", A.AUDIO, 20, 24, (3,)),
    PlannedStep(8, "Lower difficulties", A.AUDIO, 15, 17, (4, 5, 6, 7)),
    PlannedStep(9, "Preview audio and artwork", A.ARTWORK, 5, 17),
    PlannedStep(10, "QA: play it through on every instrument", A.OTHER, 20, 10, (8,)),
    PlannedStep(11, "Mend what QA found", A.AUDIO, 10, 5, (10,)),
    PlannedStep(12, "Package and hand over", A.DELIVERY, 10, 0, (9, 11), True),
)

BUILT_IN: Mapping[str, BuiltIn] = MappingProxyType(
    {
        "single": BuiltIn("Single", SINGLE),
        "ep": BuiltIn("EP", EP),
        "remixes": BuiltIn("Remix package", REMIXES),
        "authoring": BuiltIn("Authoring work", AUTHORING),
    }
)
"""By the word that names it in addresses and forms."""
