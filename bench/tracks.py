"""Made-up tracks: the same number gives the same track in every process."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from bench.codes import code
from bench.plan import Plan
from bench.population import Population
from bench.word_table import FANS, FIRST, GIVEN, PITCHES, RARE, SECOND
from catalog.choices import AIUse, Exclusivity, ReleaseStatus, SampleUse, VersionType, VocalUse
from catalog.models import Genre, Profile, Track
from catalog.music.keys import KEYS
from catalog.music.tempo_table import TYPICAL_TEMPO
from catalog.tracks.copy import copy_of
from desk.similar.fingerprints import fingerprints_of
from kit import canonical

AI = (AIUse.NO,) * 17 + (AIUse.PARTIALLY, AIUse.PARTIALLY, AIUse.YES)
MIXES = ("Original Mix",) * 6 + ("Extended Mix", "Dub Mix", "VIP")
SEARCHED = "Night"
"""A word of every other title of the newest tracks, so that a page of a search is full at any size."""
REPEAT_EVERY = 60
"""One track in this many repeats an earlier one: same link, same ISRC or same name."""


@dataclass(frozen=True)
class PreparedTrack:
    """A track with its profile, frozen copy, and the fingerprints by which a desk recognises it."""

    track: Track
    profile: Profile
    copied: dict[str, Any]
    link: str
    name: str


def prepared_track(plan: Plan, population: Population, number: int, pk: int) -> PreparedTrack:
    """Return the number-th track, unsaved, under this primary key."""
    rng = Random(number)
    profile = population.profiles[plan.producer_of(number, rng.random())]
    track = _track(rng, population, number)
    _repeat(track, rng, number)
    if plan.is_newest(number) and number % 2:
        track.title = f"{SEARCHED} {track.title}"
    track.pk, track.code, track.owner_id = pk, code("TR", number), profile.user_id
    track.created_at = plan.moment_of(number) - timedelta(days=2)
    track._prefetched_objects_cache = {"collaborators": []}  # type: ignore[attr-defined]  # nobody else's table is asked
    copied: Any = canonical.plain(copy_of(track, profile))
    known = fingerprints_of(copied)
    return PreparedTrack(track, profile, copied, known.link, known.name)


def _track(rng: Random, population: Population, number: int) -> Track:
    genre, subgenre = _genre(rng, population)
    slug, known = f"t-{number:x}", rng.random()
    return Track(
        title=_title(rng, number),
        mix=f"{rng.choice(GIVEN)} Remix" if known < 0.1 else rng.choice(MIXES),
        version_type=VersionType.REMIX if known < 0.1 else VersionType.ORIGINAL,
        genre=genre,
        subgenre=subgenre,
        tempo=_tempo(rng, genre) if known < 0.97 else None,
        key=rng.choice(KEYS)[0] if rng.random() < 0.9 else "",
        duration=rng.randrange(180, 540),
        isrc=f"GBX{rng.randrange(10, 26)}{number:07}" if known > 0.75 else "",
        audio_url=f"https://soundcloud.com/artist-{number % 977}/{slug}/s-{rng.getrandbits(44):011x}",
        release_status=ReleaseStatus.UNRELEASED,
        exclusivity=Exclusivity.SENT_ELSEWHERE,
        sample_use=SampleUse.NONE,
        vocal_use=VocalUse.NONE,
        ai=rng.choice(AI),
        pitch=rng.choice(PITCHES),
        references=rng.choice(FANS),
    )


def _repeat(track: Track, rng: Random, number: int) -> None:
    """Make some tracks repeats of earlier ones."""
    if number % REPEAT_EVERY or number < 2 * REPEAT_EVERY:
        return
    earlier = number - REPEAT_EVERY + 7
    match rng.randrange(3):
        case 0:
            track.audio_url = f"https://soundcloud.com/artist-{earlier % 977}/t-{earlier:x}"
        case 1:
            track.isrc = f"GBXAA{earlier:07}"[:12]
        case _:
            track.title = f"{FIRST[number % 7]} {SECOND[number % 5]}"


def _title(rng: Random, number: int) -> str:
    words = [rng.choice(FIRST), rng.choice(SECOND)]
    if rng.random() < 0.02:
        words.append(rng.choice(RARE))
    if rng.random() < 0.15:
        words.append(str(1 + number % 40))
    return " ".join(words)


def _genre(rng: Random, population: Population) -> tuple[Genre, Genre | None]:
    """Return a genre; a few are much more common than the rest."""
    return population.genres[int(len(population.genres) * rng.random() ** 2)]


def _tempo(rng: Random, genre: Genre) -> Decimal:
    usual = TYPICAL_TEMPO.get(genre.slug)
    low, high = (int(usual.low), int(usual.high)) if usual else (90, 150)
    return Decimal(rng.randint(low, high)).quantize(Decimal("0.01"))
