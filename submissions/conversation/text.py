"""The text of a message in pieces: words, links and positions in the track. Nothing of it is HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.links.players import PlayerPanel
from catalog.links.start import address_from
from kit.markdown import target_of

LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
AFTER_LINK = ".,;:!?'’”»…"
OPENING = {")": "(", "]": "["}
POSITION = re.compile(r"(?<![\w:.,])(?:([0-9]{1,2}):)?([0-5]?[0-9]):([0-5][0-9])(?![\w:]|[.,][0-9])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; a link has an `href`, a position its second and the host's page from there, if it has one."""

    text: str
    href: str = ""
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Playable:
    """The track that positions are of: its length in seconds and its player, which can go to a position."""

    length: int
    panel: PlayerPanel


def playable(length: int | None, panels: list[PlayerPanel]) -> Playable | None:
    """Return what the first player of a page plays, None where no position of it can be played."""
    panel = next(iter(panels), None)
    return Playable(length, panel) if length and panel and panel.protocol else None


def pieces(text: str, track: Playable | None = None) -> list[Piece]:
    """Split a text into pieces; joined they are the text again. Without a track positions stay words."""
    found, at = [], 0
    for match in LINK.finditer(text):
        address = _trimmed(match[0])
        if not target_of(address):
            continue
        found += [*_words(text[at : match.start()], track), Piece(address, href=address)]
        at = match.start() + len(address)
    return [*found, *_words(text[at:], track)]


def _trimmed(address: str) -> str:
    """Return a link without the signs that end the sentence around it."""
    bare = address.rstrip(AFTER_LINK)
    while (opening := OPENING.get(bare[-1:])) and bare.count(bare[-1]) > bare.count(opening):
        bare = bare[:-1].rstrip(AFTER_LINK)
    return bare


def _words(text: str, track: Playable | None) -> Iterator[Piece]:
    at = 0
    for match in POSITION.finditer(text) if track else ():
        assert track
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        second = hours * 3600 + minutes * 60 + seconds
        if second >= track.length:
            continue
        yield from _plain(text[at : match.start()])
        yield Piece(match[0], address_from(track.panel, second), second)
        at = match.end()
    yield from _plain(text[at:])


def _plain(text: str) -> list[Piece]:
    return [Piece(text)] if text else []
