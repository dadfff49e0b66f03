"""The demo's tracks, how producers change them, and links to them: right in form, leading nowhere."""

import string
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils.text import slugify

from accounts.models import User
from catalog.choices import AIUse, Exclusivity, Explicit, ReleaseStatus, SampleUse, VersionType, VocalUse
from catalog.links.link import parse_link
from catalog.models import Collaborator, Genre, Track
from catalog.music.countries import INSTRUMENTAL
from catalog.music.units import parse_duration
from demo.tables import Change, Producer, TrackSpec
from kit.clock import at, now

LETTERS, DIGITS = string.ascii_letters, string.digits
KEY = string.ascii_lowercase + DIGITS
WINDOWS = ("", "", "spring", "next autumn", "before the summer", "whenever it fits")


def create_track(spec: TrackSpec, producer: Producer, owner: User, made: datetime, rng: Random) -> Track:
    """Create a track with its links and the people who made it."""
    said = dict(spec.fields)
    number = said.pop("isrc", 0)
    with at(made):
        track = Track.objects.create(
            **{**_common(spec, producer, rng), "owner": owner, "isrc": isrc_of(producer, number), **said}
        )
    for person in spec.people:
        _credit(track, person["name"], person["role"], person["split"])
    return track


def change_track(track: Track, change: Change, producer: Producer, rng: Random) -> None:
    """Make the change that a label asked for."""
    said = dict(change.edit)
    if number := said.pop("isrc", 0):
        said["isrc"] = isrc_of(producer, number)
    if change.has_new_link:
        said["audio_url"] = link_at("soundcloud", producer.handle, f"{track.title} 2", rng)
    if change.singer:
        _name_singer(track, change.singer, producer)
    said["duration"] = (track.duration or 0) + change.longer
    for name, value in said.items():
        setattr(track, name, value)
    track.save()


def rework_track(track: Track, producer: Producer, rng: Random) -> None:
    """Make another version of the track, shorter by a phrase or two."""
    shorter = rng.randrange(20, 70)
    change_track(
        track, Change("", "", {"mix": "Second Version"}, longer=-shorter, has_new_link=True), producer, rng
    )


def promise_to(track: Track, *, alone: bool) -> None:
    """Say to whom the track is sent: to one label until a date, or to several."""
    track.exclusivity = Exclusivity.EXCLUSIVE_UNTIL if alone else Exclusivity.SENT_ELSEWHERE
    track.exclusive_until = (now() + timedelta(days=60)).date() if alone else None
    track.save(update_fields=["exclusivity", "exclusive_until"])


def isrc_of(producer: Producer, number: int) -> str:
    """Return a code of this year, "" for number 0."""
    return f"{producer.isrc}{now():%y}{number:05}" if number else ""


def _common(spec: TrackSpec, producer: Producer, rng: Random) -> dict[str, object]:
    genres = {genre.slug: genre for genre in Genre.objects.filter(slug__in=[spec.genre, spec.subgenre])}
    backup = "drive" if spec.host == "dropbox" else "dropbox"
    return _usual(rng) | {
        "title": spec.title,
        "genre": genres[spec.genre],
        "subgenre": genres.get(spec.subgenre),
        "tempo": Decimal(spec.tempo),
        "key": spec.key,
        "duration": parse_duration(spec.length),
        "language": "" if spec.fields.get("vocal_use") else INSTRUMENTAL,
        "audio_url": link_at(spec.host, producer.handle, spec.title, rng),
        "backup_url": link_at(backup, producer.handle, spec.title, rng),
        "pro": producer.pro,
        "pitch": spec.pitch,
        "references": spec.fans,
    }


def _usual(rng: Random) -> dict[str, object]:
    """Return what most tracks say, and what some say otherwise."""
    return {
        "version_type": VersionType.ORIGINAL,
        "explicit": Explicit.NOT_EXPLICIT,
        "release_status": ReleaseStatus.UNRELEASED,
        "exclusivity": Exclusivity.SENT_ELSEWHERE,
        "release_window": rng.choice(WINDOWS),
        "has_stems": rng.random() < 0.4,
        "has_wav": rng.random() < 0.7,
        "sample_use": rng.choice([SampleUse.NONE, SampleUse.NONE, SampleUse.ROYALTY_FREE]),
        "vocal_use": VocalUse.NONE,
        "ai": AIUse.NO,
    }


def _name_singer(track: Track, singer: str, producer: Producer) -> None:
    _credit(track, singer, "vocalist", 20)
    _credit(track, producer.name, "primary", 80)


def _credit(track: Track, name: str, role: str, split: int) -> None:
    Collaborator.objects.create(track=track, name=name, role=role, split=Decimal(split), consents=True)


def link_at(host: str, handle: str, title: str, rng: Random) -> str:
    """Return a link to this title at a host of HOSTS, in its canonical form."""
    return parse_link(HOSTS[host](handle, slugify(title), rng)).url


def _random_letters(letters: str, length: int, rng: Random) -> str:
    return "".join(rng.choices(letters, k=length))


def _soundcloud(handle: str, slug: str, rng: Random) -> str:
    return f"https://soundcloud.com/{handle}/{slug}/s-{_random_letters(LETTERS + DIGITS, 11, rng)}"


def _youtube(handle: str, slug: str, rng: Random) -> str:
    return f"https://youtu.be/{_random_letters(LETTERS + DIGITS + '-_', 11, rng)}"


def _vimeo(handle: str, slug: str, rng: Random) -> str:
    return f"https://vimeo.com/{rng.randrange(700_000_000, 999_999_999)}/{_random_letters('0123456789abcdef', 10, rng)}"


def _dropbox(handle: str, slug: str, rng: Random) -> str:
    path = f"{_random_letters(KEY, 21, rng)}/{slug}.wav"
    return f"https://www.dropbox.com/scl/fi/{path}?rlkey={_random_letters(KEY, 25, rng)}&dl=0"


def _drive(handle: str, slug: str, rng: Random) -> str:
    return f"https://drive.google.com/file/d/1{_random_letters(LETTERS + DIGITS + '-_', 32, rng)}/view?usp=sharing"


def _bandcamp(handle: str, slug: str, rng: Random) -> str:
    return f"https://bandcamp.com/private/{_random_letters(string.ascii_uppercase + DIGITS, 8, rng)}"


def _disco(handle: str, slug: str, rng: Random) -> str:
    return f"https://s.disco.ac/{_random_letters(string.ascii_lowercase, 12, rng)}"


HOSTS: Mapping[str, Callable[[str, str, Random], str]] = {
    "soundcloud": _soundcloud,
    "youtube": _youtube,
    "vimeo": _vimeo,
    "dropbox": _dropbox,
    "drive": _drive,
    "bandcamp": _bandcamp,
    "disco": _disco,
}
