"""Names and values of a frozen copy's fields, in plain words."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from catalog import choices
from catalog.models import Genre
from catalog.music.countries import COUNTRIES, LANGUAGES
from catalog.music.genre_table import GENRE_CHOICES, SUBGENRE_CHOICES
from catalog.music.isrc import display_isrc
from catalog.music.keys import KEY_CHOICES
from catalog.music.units import display_duration, display_tempo
from kit.clock import now

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "title": "Title",
        "mix": "Mix name",
        "version_type": "Version",
        "genre": "Genre",
        "subgenre": "Subgenre",
        "tempo": "Tempo",
        "key": "Key",
        "duration": "Length",
        "isrc": "ISRC",
        "explicit": "Explicit lyrics",
        "language": "Language",
        "audio_url": "Audio link",
        "backup_url": "Backup link",
        "link_password": "Password for the link",
        "release_status": "Release status",
        "exclusivity": "Exclusivity",
        "exclusive_until": "Exclusive until",
        "release_window": "Target release",
        "has_stems": "Stems available",
        "has_wav": "WAV available",
        "licence_proof": "Licence",
        "sample_use": "Samples",
        "vocal_use": "Vocals",
        "ai": "Generative AI",
        "pro": "PRO",
        "ipi": "IPI",
        "pitch": "Pitch",
        "references": "For fans of",
        "collaborators": "Collaborators",
        "artist_name": "Artist name",
        "contact_email": "Contact",
        "country": "Country",
        "city": "City",
        "bio": "Short bio",
        "soundcloud_url": "SoundCloud",
        "instagram_url": "Instagram",
        "spotify_url": "Spotify",
        "ra_url": "Resident Advisor",
    }
)
"""Every field of a copy, in reading order."""

MONO = frozenset({"tempo", "key", "duration", "isrc", "ipi"})
LINKS = frozenset(name for name in NAMES if name.endswith("_url"))
A_LINK = "a link"
ROLES = dict(choices.CollaboratorRole.choices)

_CHOICES: Mapping[str, Mapping[str, str]] = {
    "version_type": dict(choices.VersionType.choices),
    "key": dict(KEY_CHOICES),
    "explicit": dict(choices.Explicit.choices),
    "language": dict(LANGUAGES),
    "release_status": dict(choices.ReleaseStatus.choices),
    "exclusivity": dict(choices.Exclusivity.choices),
    "sample_use": dict(choices.SampleUse.choices),
    "vocal_use": dict(choices.VocalUse.choices),
    "ai": dict(choices.AIUse.choices),
    "country": dict(COUNTRIES),
}
_GENRES: Mapping[str, str] = MappingProxyType(dict([*GENRE_CHOICES, *SUBGENRE_CHOICES]))
_ADDRESS = re.compile(r"https?://\S+")


def genre_names(slugs: Iterable[str]) -> dict[str, str]:
    """Return the names of these genres; a query only for those that are not in our table."""
    wanted = {slug for slug in slugs if slug}
    names = {slug: _GENRES[slug] for slug in wanted & _GENRES.keys()}
    if added := wanted - names.keys():
        names |= dict(Genre.objects.filter(slug__in=added).values_list("slug", "name"))
    return names


def has_own_name(slug: str) -> bool:
    """Whether a genre's name, or that of none, cannot change while the process runs."""
    return not slug or slug in _GENRES


def value_words(name: str, value: Any, genres: Mapping[str, str] = _GENRES) -> str:
    """Return a copy's value in words, "" if empty."""
    if value in (None, "", []):
        return ""
    if name in ("genre", "subgenre"):
        return genres.get(value, value)
    if name in _CHOICES:
        return _CHOICES[name].get(value, value)
    return _WORDS[name](value) if name in _WORDS else plain_words(value)


def plain_words(value: Any) -> str:
    """Return a value that needs no lookup in words: yes or no, a list, or text."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@lru_cache(maxsize=4096)
def day(text: str) -> str:
    """Return an ISO date as `3 May 2026`."""
    return f"{date.fromisoformat(text):%-d %B %Y}"


def moment(when: datetime) -> str:
    """Return a time in the reader's zone: `3 May 2026, 14:00`."""
    return _moment(when, timezone.get_current_timezone())


@lru_cache(maxsize=4096)
def _moment(when: datetime, zone: tzinfo) -> str:
    return f"{timezone.localtime(when, zone):%-d %B %Y, %H:%M}"


def clock_time(when: datetime) -> str:
    """Return a time in the reader's zone as `14:00`, with its date unless it is today."""
    local = timezone.localtime(when)
    is_today = local.date() == timezone.localdate(now())
    return f"{local:%H:%M}" if is_today else moment(when)


def span(length: timedelta) -> str:
    """Return a duration in the largest unit that fits, rounded as people count: `7 days` a minute after the promise."""
    seconds = max(0, round(length.total_seconds()))
    for unit, size, smaller in (("day", 86_400, 3_600), ("hour", 3_600, 60), ("minute", 60, 1)):
        if seconds + smaller // 2 >= size:
            number = (seconds + size // 2) // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "a moment"


def span_lasts_until(since: datetime, moment: datetime) -> datetime:
    """Return until when the span between both is told in the same words, to the second; before `since` too.

    These change at whole half minutes, from two hours on at half hours, from two days on at half days.
    """
    passed = (moment - since).total_seconds()
    step = 43_200 if abs(passed) > 172_800 else 1_800 if abs(passed) > 7_200 else 30
    return since - timedelta(seconds=-passed // step * step)


def unsealed(name: str, text: str) -> Any:
    """Return the value that `revisions.sealed_differences` wrote as text, without links and their digests."""
    if text.startswith("sha256:") or _ADDRESS.fullmatch(text):
        return A_LINK
    is_json = text in ("true", "false", "null") or text[:1] in ("[", "{") or name == "duration"
    try:
        return json.loads(text) if is_json else text
    except ValueError:
        return text


def person_words(person: Mapping[str, Any]) -> str:
    """Return a collaborator in one line: name, role, share."""
    share = f", {_trimmed(person['split'])} %" if person.get("split") else ""
    return f"{person.get('name', '')} ({ROLES.get(person.get('role', ''), '')}{share})"


def _trimmed(number: str) -> str:
    return f"{Decimal(number).normalize():f}"


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "tempo": lambda value: f"{display_tempo(Decimal(value))} BPM",
    "duration": lambda value: display_duration(int(value)),
    "isrc": display_isrc,
    "exclusive_until": day,
    "collaborators": lambda people: "; ".join(map(person_words, people)),
}
