"""The demo's tracks, and how producers change them."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from accounts.models import User
from catalog.choices import AIUse, Exclusivity, Explicit, ReleaseStatus, SampleUse, VersionType, VocalUse
from catalog.models import Collaborator, Genre, Track
from catalog.music.countries import INSTRUMENTAL
from catalog.music.duration import parse_duration
from kit.clock import at, now
from trackflow.demo.cast import Cut, Producer
from trackflow.demo.change_table import Change
from trackflow.demo.links import link_at

WINDOWS = ("", "", "spring", "next autumn", "before the summer", "whenever it fits")


def create_track(cut: Cut, producer: Producer, owner: User, made: datetime, rng: Random) -> Track:
    """Create a track with its links and the people who made it."""
    said = dict(cut.fields)
    people, number = said.pop("people", ()), said.pop("isrc", 0)
    with at(made):
        track = Track.objects.create(
            **{**_common(cut, producer, rng), "owner": owner, "isrc": isrc_of(producer, number), **said}
        )
    for name, role, split in people:
        Collaborator.objects.create(track=track, name=name, role=role, split=Decimal(split), consents=True)
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


def _common(cut: Cut, producer: Producer, rng: Random) -> dict[str, object]:
    genres = {genre.slug: genre for genre in Genre.objects.filter(slug__in=[cut.genre, cut.subgenre])}
    backup = "drive" if cut.host == "dropbox" else "dropbox"
    return _usual(rng) | {
        "title": cut.title,
        "genre": genres[cut.genre],
        "subgenre": genres.get(cut.subgenre),
        "tempo": Decimal(cut.tempo),
        "key": cut.key,
        "duration": parse_duration(cut.length),
        "language": "" if cut.fields.get("vocal_use") else INSTRUMENTAL,
        "audio_url": link_at(cut.host, producer.handle, cut.title, rng),
        "backup_url": link_at(backup, producer.handle, cut.title, rng),
        "pro": producer.pro,
        "pitch": cut.pitch,
        "references": cut.fans,
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
    Collaborator.objects.create(track=track, name=singer, role="vocalist", split=Decimal(20), consents=True)
    Collaborator.objects.create(
        track=track, name=producer.name, role="primary", split=Decimal(80), consents=True
    )
