"""A track's filled-in fields for its page, in named groups."""

from dataclasses import dataclass

from catalog.models import Track
from catalog.music.isrc import display_isrc
from catalog.music.units import display_duration, display_tempo


@dataclass(frozen=True, slots=True)
class Fact:
    """A field's name and its value as text; `is_mono` for monospace."""

    name: str
    value: str
    is_mono: bool = False


Group = tuple[str, list[Fact]]


def fact_groups(track: Track) -> list[Group]:
    """Return the groups of the track form with the filled-in fields of each."""
    groups = [
        ("The track", _track(track)),
        ("Listen", _listen(track)),
        ("Release", _release(track)),
        ("Rights", _rights(track)),
        ("About the music", [Fact("Pitch", track.pitch), Fact("For fans of", track.references)]),
    ]
    said = [(name, [fact for fact in facts if fact.value]) for name, facts in groups]
    return [(name, facts) for name, facts in said if facts]


def _track(track: Track) -> list[Fact]:
    genres = [each.name for each in (track.genre, track.subgenre) if each]
    return [
        Fact("Mix name", track.mix),
        Fact("Version", track.get_version_type_display()),
        Fact("Genre", " / ".join(genres)),
        Fact("Tempo", f"{display_tempo(track.tempo)} BPM" if track.tempo else "", is_mono=True),
        Fact("Key", track.get_key_display(), is_mono=True),
        Fact("Length", display_duration(track.duration) if track.duration else "", is_mono=True),
        Fact("ISRC", display_isrc(track.isrc), is_mono=True),
        Fact("Explicit lyrics", track.get_explicit_display()),
        Fact("Language", track.get_language_display()),
    ]


def _listen(track: Track) -> list[Fact]:
    return [Fact("Backup link", track.backup_url), Fact("Password", track.link_password, is_mono=True)]


def _release(track: Track) -> list[Fact]:
    until = f"{track.exclusive_until:%-d %B %Y}" if track.exclusive_until else ""
    ready = [name for name, is_there in (("stems", track.has_stems), ("WAV", track.has_wav)) if is_there]
    return [
        Fact("Release status", track.get_release_status_display()),
        Fact("Exclusivity", track.get_exclusivity_display()),
        Fact("Exclusive until", until),
        Fact("Target release", track.release_window),
        Fact("Available", " and ".join(ready)),
    ]


def _rights(track: Track) -> list[Fact]:
    return [
        Fact("Licence", track.licence_proof),
        Fact("Samples", track.get_sample_use_display()),
        Fact("Vocals", track.get_vocal_use_display()),
        Fact("Generative AI", track.get_ai_display()),
        Fact("PRO", track.pro),
        Fact("IPI", track.ipi, is_mono=True),
    ]
