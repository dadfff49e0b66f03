"""Works found and made: one row for whatever people type, tag and read off a record as the same song."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from catalog.models import Profile, Track
from catalog.music.titles import split_mix
from catalog.naming import name_of
from kit import codes
from recordings.models import Recording, Work

TRIES = 5


@dataclass(frozen=True)
class Name:
    """How somebody names a song; `version` is a `VersionType` where it is known."""

    artist: str
    title: str
    mix: str = ""
    version: str = ""
    isrc: str = ""

    @cached_property
    def parts(self) -> tuple[str, str, str]:
        """Artist, title and mix; a mix name in brackets is taken out of the title."""
        found = split_mix(self.title, self.mix)
        return (self.artist, found.title, found.mix) if found else (self.artist, self.title, self.mix)

    @cached_property
    def digest(self) -> str:
        """What a work is known by, "" if artist or title is missing."""
        name = name_of(*self.parts, self.version)
        return sha256(name.encode()).hexdigest() if name else ""


def work_of(
    artist: str,
    title: str,
    mix: str = "",
    *,
    version: str = "",
    isrc: str = "",
    mbid: UUID | None = None,
    track: Track | None = None,
) -> Work | None:
    """Return the work of this name, made if it is new, None without artist or title.

    A name that is new with an ISRC or MBID that is known is one more spelling of that work. What the work does not
    have yet is filled in; what it has stays. Any number may ask at the same moment.
    """
    name = Name(artist, title, mix, version, isrc)
    work = _of_code(name, mbid) or works_of([name]).get(name.digest)
    if work:
        _fill(work, isrc=isrc, mbid=mbid, track=track)
    return work


def works_of(names: Iterable[Name]) -> dict[str, Work]:
    """Return the works of these names by digest, made where they are new. Three queries at most."""
    wanted = {name.digest: name for name in names if name.digest}
    for _ in range(TRIES):
        found = _known(wanted)
        missing = [
            wanted[digest] for digest in sorted(wanted.keys() - found.keys())
        ]  # one order: no deadlock
        if not missing:
            break
        Work.objects.bulk_create([_new(name) for name in missing], ignore_conflicts=True)
    return found


def join_recording(recording: Recording, name: Name) -> Work | None:
    """Say of which work this is a recording, by the facts that count; returns it, None for no name."""
    track = recording.track or (recording.submission.track if recording.submission else None)
    work = work_of(*name.parts, version=name.version, isrc=name.isrc, track=track)
    if recording.work_id != (work and work.pk):
        recording.work = work
        recording.save(update_fields=["work"])
    return work


def join_track(track: Track) -> Work | None:
    """Return the work of a track of the catalogue, which then names it."""
    profile = Profile.objects.filter(user=track.owner_id).first()
    artist = profile.artist_name if profile else ""
    return work_of(artist, track.title, track.mix, version=track.version_type, isrc=track.isrc, track=track)


def _known(wanted: Iterable[str]) -> dict[str, Work]:
    return {work.digest: work for work in Work.objects.filter(digest__in=list(wanted))}


def _new(name: Name) -> Work:
    artist, title, mix = name.parts
    return Work(
        reference=codes.new("WK"),
        digest=name.digest,
        artist=artist[:200],
        title=title[:200],
        mix=mix[:120],
        isrc=name.isrc,
    )


def _of_code(name: Name, mbid: UUID | None) -> Work | None:
    """Return the work that has this ISRC or MBID while none has this name. None for a name that is known."""
    if not (name.isrc or mbid) or Work.objects.filter(digest=name.digest).exists():
        return None
    rows = Work.objects.order_by("pk")
    by_isrc = rows.filter(isrc=name.isrc).first() if name.isrc else None
    return by_isrc or (rows.filter(mbid=mbid).first() if mbid else None)


def _fill(work: Work, *, isrc: str, mbid: UUID | None, track: Track | None) -> None:
    """Fill in what the work does not have, whoever else does at the same moment."""
    for field, value, nothing in (("isrc", isrc, ""), ("mbid", mbid, None), ("track", track, None)):
        if value and not getattr(work, field):
            empty = {field: nothing} if nothing is not None else {f"{field}__isnull": True}
            Work.objects.filter(pk=work.pk, **empty).update(**{field: value})
            setattr(work, field, value)
