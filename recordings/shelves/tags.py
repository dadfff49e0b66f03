"""What a file's tags say, read by mutagen: ID3 (MP3, WAV, AIFF), Vorbis comments (FLAC, Ogg, Opus) and MP4."""

import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from recordings.choices import Fact

logger = logging.getLogger(__name__)
LONGEST = 300
MP4_OWN = "----:com.apple.iTunes:"

NAMES: dict[Fact, tuple[str, ...]] = {
    Fact.TITLE: ("TIT2", "title", "\xa9nam"),
    Fact.ARTIST: ("TPE1", "artist", "\xa9ART"),
    Fact.MIX: ("TIT3", "TPE4", "version", f"{MP4_OWN}SUBTITLE"),
    Fact.ALBUM: ("TALB", "album", "\xa9alb"),
    Fact.ISRC: ("TSRC", "isrc", f"{MP4_OWN}ISRC"),
    Fact.GENRE: ("TCON", "genre", "\xa9gen"),
    Fact.TEMPO: ("TBPM", "bpm", "tempo", "tmpo"),
    Fact.KEY: ("TKEY", "initialkey", "key", f"{MP4_OWN}initialkey"),
}
"""The names of each fact: ID3 frames (https://id3.org/id3v2.4.0-frames), Vorbis comments, MP4 atoms."""


def tags_of(stream: BinaryIO) -> dict[Fact, str]:
    """Return what an open file's tags say; empty if it has none that can be read."""
    import mutagen  # lazy: the extra local

    stream.seek(0)
    try:
        found = mutagen.File(stream)
    except Exception as error:  # readers of broken tags raise whatever they trip over
        logger.info("Tags that cannot be read: %s", error)
        return {}
    return dict(_facts_in(found.tags)) if found is not None and found.tags is not None else {}


def _facts_in(tags: Any) -> Iterator[tuple[Fact, str]]:
    for fact, names in NAMES.items():
        said = next((text for name in names if (text := _first(tags, name))), "")
        if said:
            yield fact, said


def _first(tags: Any, name: str) -> str:
    """Return the first value under a name as clean text; "" if there is none."""
    try:
        values = tags[name]
    except (KeyError, ValueError):  # mutagen refuses names that its kind of tags cannot have
        return ""
    value = next(iter(getattr(values, "text", values)), "")
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:LONGEST]
