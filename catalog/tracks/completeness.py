"""How much of what labels ask for a track says."""

from dataclasses import dataclass
from typing import Any

from catalog.tracks.copy import STARRED, missing

COMMON = {
    "tempo": "tempo",
    "key": "musical key",
    "duration": "length",
    "sample_use": "answer about samples",
    "vocal_use": "answer about vocals",
    "pitch": "pitch",
    "references": "“for fans of”",
    "country": "country",
}
"""What many labels ask for beyond the starred fields. A judgement of ours, after the field table."""

PROFILE_OWN = frozenset({"artist_name", "contact_email", "country"})
"""Those of the fields above that live in the profile, not in the track."""

_WEIGHT_OF_STARRED = 2
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Completeness:
    """What a track lacks (name to words): what no submission goes without, and what many labels want."""

    needed: dict[str, str]
    wanted: dict[str, str]
    share: int
    """Of 100; starred fields count twice."""

    @property
    def is_sendable(self) -> bool:
        return not self.needed

    @property
    def profile_needs(self) -> bool:
        return bool(PROFILE_OWN & self.needed.keys())

    @property
    def word(self) -> str:
        if self.needed:
            return f"{len(self.needed)} to go"
        return "Complete" if not self.wanted else "Ready to send"

    @property
    def lacks(self) -> str:
        """What labels will miss first, as a line beside the meter."""
        if self.needed:
            return f"Needs {_first(self.needed)}"
        return f"Labels will miss {_first(self.wanted)}" if self.wanted else ""


def _first(lacking: dict[str, str]) -> str:
    """Return the first two words and how many more there are."""
    named = [*lacking.values()][:_NAMED]
    more = len(lacking) - len(named)
    return f"{', '.join(named)} and {more} more" if more else " and ".join(named)


def completeness(copied: dict[str, Any]) -> Completeness:
    """Judge a copy as `catalog.tracks.copy.copy_of` makes it."""
    needed = missing(copied)
    wanted = {name: words for name, words in COMMON.items() if not copied[name]}
    whole = _WEIGHT_OF_STARRED * len(STARRED) + len(COMMON)
    lacking = _WEIGHT_OF_STARRED * len(needed.keys() & STARRED.keys()) + len(wanted)
    return Completeness(needed, wanted, 100 * (whole - lacking) // whole)
