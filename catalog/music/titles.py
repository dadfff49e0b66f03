"""What a title should not repeat, by the rules of shops: a mix name in brackets; artist and mix name are hints."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError

from catalog.choices import DEFAULT_MIX, MIX_NAMES

_VERSION_WORDS = "mix|remix|edit|dub|vip|bootleg|mashup|rework|refix|flip|version|instrumental"
_BRACKETED = re.compile(r"\s*[(\[（【]\s*([^()\[\]（）【】]+?)\s*[)\]）】]")
_ENDS_IN_VERSION = re.compile(rf".*\b(?:{_VERSION_WORDS})", re.IGNORECASE)


class SplitTitle(NamedTuple):
    """A title without the mix name that it held in brackets, and that mix name."""

    title: str
    mix: str


def split_mix(title: str, mix: str) -> SplitTitle | None:
    """Return the title and the mix name that it holds in brackets, None if it holds none.

    A mix name is what ends in a word such as "mix" or "edit", and whatever is the track's own mix name.
    """
    for found in _BRACKETED.finditer(title):
        inside, rest = found[1], f"{title[: found.start()]}{title[found.end() :]}".strip()
        is_own = inside.casefold() == mix.strip().casefold()
        if rest and (is_own or _ENDS_IN_VERSION.fullmatch(inside)):
            return SplitTitle(rest, inside)
    return None


def refuse_in_title(title: str, *, mix: str) -> None:
    """Raise ValidationError (code "mix") if the title holds a mix name in brackets."""
    found = split_mix(title, mix)
    if found:
        raise ValidationError(
            f"Move “{found.mix}” out of the title: it is a mix name, which shops print beside it.", code="mix"
        )


def title_hints(title: str, *, artist_name: str, mix: str) -> list[str]:
    """Return sentences about the artist's or the mix's name among the title's words, which may well belong there."""
    found = []
    if artist_name and _has_words(title, artist_name):
        found.append(
            f"The title holds your artist name, “{artist_name}”. Keep it only if it is part of the title."
        )
    names = [mix, *sorted(name for name in (*MIX_NAMES, DEFAULT_MIX) if " " in name)]
    repeated = next((name for name in names if name and _has_words(title, name)), "")
    if repeated:
        found.append(f"The title holds “{repeated}”, a mix name. Keep it only if it is part of the title.")
    return found


def _has_words(title: str, words: str) -> bool:
    found = re.search(rf"(?<!\w){re.escape(words.strip().casefold())}(?!\w)", title.casefold())
    return found is not None
