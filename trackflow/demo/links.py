"""Links that look like those producers paste: right in form, leading nowhere."""

import string
from collections.abc import Callable, Mapping
from random import Random

from django.utils.text import slugify

from catalog.links.link import parse_link

LETTERS, DIGITS = string.ascii_letters, string.digits
KEY = string.ascii_lowercase + DIGITS


def link_at(host: str, handle: str, title: str, rng: Random) -> str:
    """Return a link to this title at a host of HOSTS, in its canonical form."""
    return parse_link(HOSTS[host](handle, slugify(title), rng)).url


def _some(letters: str, length: int, rng: Random) -> str:
    return "".join(rng.choices(letters, k=length))


def _soundcloud(handle: str, slug: str, rng: Random) -> str:
    return f"https://soundcloud.com/{handle}/{slug}/s-{_some(LETTERS + DIGITS, 11, rng)}"


def _youtube(handle: str, slug: str, rng: Random) -> str:
    return f"https://youtu.be/{_some(LETTERS + DIGITS + '-_', 11, rng)}"


def _vimeo(handle: str, slug: str, rng: Random) -> str:
    return f"https://vimeo.com/{rng.randrange(700_000_000, 999_999_999)}/{_some('0123456789abcdef', 10, rng)}"


def _dropbox(handle: str, slug: str, rng: Random) -> str:
    return f"https://www.dropbox.com/scl/fi/{_some(KEY, 21, rng)}/{slug}.wav?rlkey={_some(KEY, 25, rng)}&dl=0"


def _drive(handle: str, slug: str, rng: Random) -> str:
    return f"https://drive.google.com/file/d/1{_some(LETTERS + DIGITS + '-_', 32, rng)}/view?usp=sharing"


def _bandcamp(handle: str, slug: str, rng: Random) -> str:
    return f"https://bandcamp.com/private/{_some(string.ascii_uppercase + DIGITS, 8, rng)}"


def _disco(handle: str, slug: str, rng: Random) -> str:
    return f"https://s.disco.ac/{_some(string.ascii_lowercase, 12, rng)}"


HOSTS: Mapping[str, Callable[[str, str, Random], str]] = {
    "soundcloud": _soundcloud,
    "youtube": _youtube,
    "vimeo": _vimeo,
    "dropbox": _dropbox,
    "drive": _drive,
    "bandcamp": _bandcamp,
    "disco": _disco,
}
