"""AcoustID: which recording a fingerprint is. https://acoustid.org/webservice"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from typing import Any

from sources import client
from sources.choices import Source
from sources.client import Question, Signature
from sources.errors import NotFound
from sources.exchange import IN_JOB, Patience
from sources.facts import Song
from sources.json_text import Unreadable, listed, mapping, number, rows, text
from sources.titles import split_title

SOURCE = Source.ACOUSTID
ALGORITHM = 1
"""Chromaprint's, of what `fpcalc` makes."""
MOST = 10
HEARD = 948
"""Values that are sent: the first two minutes, as `fpcalc` hears."""
LARGEST_NORMAL = 7


def is_on() -> bool:
    return client.is_on(SOURCE)


def look_up(fingerprint: Sequence[int], seconds: int, *, patience: Patience = IN_JOB) -> list[Song]:
    """Return the recordings that sound so, the surest first; each has its `score` and `mbid`. Raises a SourceError.

    `fingerprint` is Chromaprint's raw one, `seconds` the length of the whole recording.
    """
    if not fingerprint:
        raise NotFound(SOURCE)
    form = {
        "format": "json",
        "meta": "recordings releasegroups compress",
        "duration": str(seconds),
        "fingerprint": compress(fingerprint[:HEARD]),
    }
    return client.ask(SOURCE, Question("lookup", form=form), songs_in, patience=patience, sign=_sign)


def songs_in(value: Any) -> list[Song]:
    """Read an answer. Raises Unreadable for what is none."""
    if mapping(value).get("status") != "ok":
        raise Unreadable("status is not ok")
    best: dict[str, Song] = {}
    for song in _songs_of(value):
        if song.mbid not in best or (song.score or 0) > (best[song.mbid].score or 0):
            best[song.mbid] = song
    return sorted(best.values(), key=lambda song: song.score or 0, reverse=True)[:MOST]


def compress(fingerprint: Sequence[int]) -> str:
    """Return a raw fingerprint as AcoustID takes it: differences of neighbours, as gaps between bits, in base64."""
    gaps: list[int] = []
    before = 0
    for value in fingerprint:
        gaps += [*_gaps(before ^ (value & 0xFFFFFFFF)), 0]
        before = value & 0xFFFFFFFF
    normal = _packed([min(gap, LARGEST_NORMAL) for gap in gaps], 3)
    exceptional = _packed([gap - LARGEST_NORMAL for gap in gaps if gap >= LARGEST_NORMAL], 5)
    head = bytes([ALGORITHM]) + len(fingerprint).to_bytes(3, "big")
    return urlsafe_b64encode(head + normal + exceptional).decode().rstrip("=")


def _gaps(bits: int) -> Iterator[int]:
    """Yield how far each set bit is from the one before."""
    last = 0
    for place in range(1, 33):
        if bits >> (place - 1) & 1:
            yield place - last
            last = place


def _packed(values: Sequence[int], width: int) -> bytes:
    """Return small numbers as bits of this width, the lowest first."""
    whole = sum(value << (width * place) for place, value in enumerate(values))
    return whole.to_bytes((len(values) * width + 7) // 8, "little")


def _sign() -> Signature:
    return Signature(form={"client": client.setting(SOURCE, "key")})


def _songs_of(value: Any) -> Iterator[Song]:
    for result in listed(value, "results"):
        for recording in rows(result, "recordings"):
            mbid, name = text(recording, "id", 36), text(recording, "title")
            if mbid and name:
                yield _song(recording, mbid, name, _score(result))


def _song(recording: Any, mbid: str, name: str, score: float) -> Song:
    title, mix = split_title(name)
    seconds = number(recording, "duration", 10**6)
    return Song(
        title=title,
        artist=_artist(recording),
        mix=mix,
        album=text(next(rows(recording, "releasegroups"), {}), "title"),
        length_ms=None if seconds is None else seconds * 1000,
        mbid=mbid,
        score=score,
    )


def _artist(recording: Any) -> str:
    parts = [(text(each, "name"), each.get("joinphrase")) for each in rows(recording, "artists")]
    joined = "".join(name + (joint if isinstance(joint, str) else ", ") for name, joint in parts)
    return joined.strip().removesuffix(",")[:300]


def _score(result: dict[str, Any]) -> float:
    found = result.get("score")
    if not isinstance(found, int | float) or isinstance(found, bool):
        return 0.0
    return float(min(max(found, 0), 1))
