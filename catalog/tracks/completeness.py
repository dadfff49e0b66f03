"""Which of the fields that labels ask for are filled in, and hints about a track."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalog.choices import SampleUse, VersionType
from catalog.links.link import canonical_identity
from catalog.links.players import read_link
from catalog.models import Track
from catalog.music.titles import title_hints
from catalog.music.units import display_tempo, is_typical, other_count, typical_range
from catalog.tracks.copy import STARRED, missing
from kit import clock

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
"""Fields that many labels want beyond the starred ones. Source: our own choice from the field table."""

PROFILE_OWN = frozenset({"artist_name", "contact_email", "country"})
"""Fields of the profile, not the track."""

_WEIGHT_OF_STARRED = 2
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Completeness:
    """Missing fields by name, in words: those every submission needs, and those many labels want."""

    needed: dict[str, str]
    wanted: dict[str, str]
    share: int
    """Per cent filled in; starred fields count twice."""

    @property
    def is_sendable(self) -> bool:
        return not self.needed

    @property
    def profile_needs(self) -> bool:
        return bool(PROFILE_OWN & self.needed.keys())

    @property
    def word(self) -> str:
        """The state in a word or two: `3 to go`, `Ready to send`, `Complete`."""
        if self.needed:
            return f"{len(self.needed)} to go"
        return "Complete" if not self.wanted else "Ready to send"

    @property
    def lacks(self) -> str:
        """The line beside the meter: the first missing fields."""
        if self.needed:
            return f"Needs {_first(self.needed)}"
        return f"Labels will miss {_first(self.wanted)}" if self.wanted else ""


def _first(lacking: dict[str, str]) -> str:
    """Return the first two missing fields and the number of others."""
    named = [*lacking.values()][:_NAMED]
    more = len(lacking) - len(named)
    return f"{', '.join(named)} and {more} more" if more else " and ".join(named)


def completeness(copied: dict[str, Any]) -> Completeness:
    """Return the completeness of a copy made by `catalog.tracks.copy.copy_of`."""
    needed = missing(copied)
    wanted = {name: words for name, words in COMMON.items() if not copied[name]}
    whole = _WEIGHT_OF_STARRED * len(STARRED) + len(COMMON)
    lacking = _WEIGHT_OF_STARRED * len(needed.keys() & STARRED.keys()) + len(wanted)
    return Completeness(needed, wanted, 100 * (whole - lacking) // whole)


_BORROWED = {VersionType.REMIX, VersionType.EDIT, VersionType.COVER}
_REFUSED = {VersionType.BOOTLEG, VersionType.MASHUP}


def hints(track: Track, *, artist_name: str = "") -> list[str]:
    """Return sentences about what may put labels off: links, title, tempo, dates, rights."""
    found = [*_about_link("audio link", track.audio_url), *_about_link("backup link", track.backup_url)]
    found += _about_backup(track)
    found += title_hints(track.title, artist_name=artist_name, mix=track.mix)
    return [*found, *about_tempo(track), *_about_date(track), *_about_rights(track)]


def _about_link(name: str, url: str) -> list[str]:
    link = read_link(url)
    if url and not link:
        return [f"Your {name} points to a host that labels no longer accept. Replace it."]
    return [f"Your {name}: {_lower_first(warning)}" for warning in link.warnings] if link else []


def _about_backup(track: Track) -> list[str]:
    links = [link for link in map(read_link, (track.audio_url, track.backup_url)) if link]
    if len(links) < 2 or len(set(map(canonical_identity, links))) > 1:
        return []
    return ["Your backup link is your audio link again: if one fails, so does the other. Use another host."]


def _lower_first(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def about_tempo(track: Track) -> list[str]:
    """Return what is to be said of a tempo that is unusual for the genre, none for a usual one."""
    genre = track.subgenre or track.genre
    usual = typical_range(genre.slug) if genre else None
    if not genre or not usual or not track.tempo or is_typical(genre.slug, track.tempo):
        return []
    span, tempo, other = f"{usual.low} to {usual.high}", display_tempo(track.tempo), offered_tempo(track)
    if other:
        count = "half" if other > track.tempo else "double"
        return [f"{tempo} BPM is {count} of {display_tempo(other)}. Labels look for {genre} at {span} BPM."]
    return [f"{tempo} BPM is unusual for {genre}, which mostly runs at {span}."]


def offered_tempo(track: Track) -> Decimal | None:
    """Return the double or the half of the track's tempo, if only that is usual for its genre."""
    genre = track.subgenre or track.genre
    return other_count(genre.slug, track.tempo) if genre else None


def _about_date(track: Track) -> list[str]:
    has_passed = track.exclusive_until and track.exclusive_until < timezone.localdate(clock.now())
    return ["The date until which it is exclusive has passed."] if has_passed else []


def _about_rights(track: Track) -> list[str]:
    found = []
    if track.version_type in _REFUSED:
        kind = track.get_version_type_display().lower()
        found.append(f"Labels usually refuse a {kind}: they cannot release what is not cleared.")
    if track.version_type in _BORROWED and not track.licence_proof:
        kind = track.get_version_type_display().lower()
        found.append(f"Say who commissioned or licensed this {kind}: labels will ask for proof.")
    if track.sample_use == SampleUse.UNCLEARED:
        found.append("Uncleared samples are a reason to pass for most labels. Clear or replace them.")
    return found
