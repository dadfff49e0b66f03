"""Guesses of title, mix, version and tempo from a track's link, for its producer to check."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from catalog.choices import VersionType
from catalog.links.link import AUDIO_FILE, Link
from catalog.music.units import parse_tempo
from kit.forms import CONTROL, tidy

Guess = dict[str, str]
"""Guessed form fields: any of title, mix, version_type and tempo."""

MIXES = {
    "extended": "Extended Mix",
    "extended mix": "Extended Mix",
    "extended version": "Extended Mix",
    "original": "Original Mix",
    "original mix": "Original Mix",
    "radio edit": "Radio Edit",
    "radio mix": "Radio Mix",
    "club mix": "Club Mix",
    "dub": "Dub Mix",
    "dub mix": "Dub Mix",
    "vip": "VIP",
    "vip mix": "VIP",
    "instrumental": "Instrumental",
    "instrumental mix": "Instrumental",
}
"""Mix names at the end of a URL, and the names our form uses."""

VERSIONS = {
    "remix": VersionType.REMIX,
    "rework": VersionType.REMIX,
    "bootleg": VersionType.BOOTLEG,
    "mashup": VersionType.MASHUP,
    "cover": VersionType.COVER,
}
"""Version type by the last word of a mix name."""

_LONGEST_READ, _LONGEST_TITLE, _LONGEST_MIX = 300, 150, 80
_MIX_ENDS = re.compile(
    rf"(?P<title>.*\S)\s+(?P<mix>{'|'.join(sorted(MIXES, key=len, reverse=True))})", re.IGNORECASE
)
_BRACKETED = re.compile(r"(?P<title>[^()\[\]]*\S)\s*[(\[](?P<mix>[^()\[\]]+)[)\]]\s*")
_TEMPO = re.compile(r"[\s(\[]*\b(?P<tempo>[0-9]{2,3}(?:\.[0-9]{1,2})?)\s?bpm\b[\s)\]]*", re.IGNORECASE)
_FILE_END = re.compile(r"\.[A-Za-z0-9]{2,4}$")
_FILE_NOISE = re.compile(
    r"[\s(\[]+(?:pre-?master|master(?:ed)?|v[0-9]{1,2}|(?:16|24|32)[ -]?bit)[)\]]*$", re.IGNORECASE
)
_WORD_START = re.compile(r"(?<![^\s(\[{/&.–—-])\w")
_NUMBERED = re.compile(r"^[0-9]{1,2}\s*[.-]\s+")


def guess_from(link: Link) -> Guess:
    """Return the fields guessed from a link, {} if it holds no words; secrets in it are not used."""
    reader = _READERS.get(link.shape)
    return reader(link.parts) if reader else {}


def _from_soundcloud(parts: Mapping[str, str]) -> Guess:
    return _from_slug(parts["track"], artist=parts["user"])


def _from_bandcamp(parts: Mapping[str, str]) -> Guess:
    return _from_slug(parts["slug"], artist=parts["artist"])


def _from_audius(parts: Mapping[str, str]) -> Guess:
    artist, _, slug = parts["page"].partition("/")
    return _from_slug(slug, artist=artist)


def _from_slug(slug: str, *, artist: str) -> Guess:
    """Read `low-tide-extended-mix`, without the artist if the slug begins with it."""
    plain = _decode(slug)
    own = plain.removeprefix(f"{slugify(artist)}-") or plain
    words = [word for word in re.split(r"[-_\s]+", own) if word]
    return _guess_from_words(" ".join(word[:1].upper() + word[1:] for word in words))


def _from_file(parts: Mapping[str, str]) -> Guess:
    """Read `Artist - Title (Mix) 124 BPM.wav`, or `low_tide_extended_mix.wav`."""
    name = _FILE_END.sub("", _decode(parts["name"])).replace("_", " ").strip()
    if " " not in name:
        return _from_slug(name, artist="")
    tempo = _TEMPO.search(name)
    name = _NUMBERED.sub("", _TEMPO.sub(" ", name)).strip()
    while _FILE_NOISE.search(name):
        name = _FILE_NOISE.sub("", name)
    _, dash, title = name.partition(" - ")
    read = _guess_from_words(_capitalise(title.strip(" -") if dash else name))
    return {**read, **_tempo(tempo["tempo"])} if read and tempo else read


def _guess_from_words(words: str) -> Guess:
    """Split a title from its mix name, which is in brackets or one of `MIXES`."""
    found = _BRACKETED.fullmatch(words) or _MIX_ENDS.fullmatch(words)
    title, mix = (found["title"], found["mix"].strip()) if found else (words, "")
    mix = MIXES.get(mix.casefold(), mix)
    version = VERSIONS.get((mix or title).split()[-1].casefold()) if mix or title else None
    read = {
        "title": title[:_LONGEST_TITLE].strip(),
        "mix": mix[:_LONGEST_MIX].strip(),
        "version_type": version.value if version else "",
    }
    return {name: value for name, value in read.items() if value} if read["title"] else {}


def _tempo(typed: str) -> Guess:
    try:
        parse_tempo(typed)
    except ValidationError:
        return {}
    return {"tempo": typed}


def _capitalise(words: str) -> str:
    """Return lower-case words with capitals: after spaces and brackets, but not after an apostrophe."""
    return _WORD_START.sub(lambda found: found[0].upper(), words) if words.islower() else words


def _decode(encoded: str) -> str:
    """Return a decoded path segment, "" if it holds characters that no title may hold."""
    words = tidy(unquote(encoded))[:_LONGEST_READ]
    return "" if CONTROL.search(words) or "\N{REPLACEMENT CHARACTER}" in words else words


_READERS: Mapping[str, Callable[[Mapping[str, str]], Guess]] = {
    "soundcloud-track": _from_soundcloud,
    "bandcamp-track": _from_bandcamp,
    "audius-page": _from_audius,
    "hearthis-track": _from_soundcloud,
    AUDIO_FILE: _from_file,
    "dropbox-audio": _from_file,
    "dropbox-other": _from_file,
    "dropbox-old-audio": _from_file,
    "dropbox-old-other": _from_file,
}
"""By shape of link; links of other shapes hold only numbers or secrets."""
