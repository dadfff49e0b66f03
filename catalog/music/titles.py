"""What a title must not repeat, by the rules of shops: artist and mix name."""

import re

from django.core.exceptions import ValidationError

from catalog.choices import DEFAULT_MIX, MIX_NAMES

_VERSION_WORDS = "mix|remix|edit|dub|vip|bootleg|mashup|rework|refix|flip|version|instrumental"
_BRACKETED = re.compile(rf"[(\[]([^()\[\]]*\b(?:{_VERSION_WORDS}))\s*[)\]]", re.IGNORECASE)


def refuse_in_title(title: str, *, artist_name: str, mix: str) -> None:
    """Raise ValidationError if the title holds the artist name or the mix name as whole words."""
    if artist_name and _has_words(title, artist_name):
        raise ValidationError(
            f"Leave your artist name “{artist_name}” out of the title: it is printed beside it.",
            code="artist",
        )
    repeated = _mix_in(title, mix)
    if repeated:
        raise ValidationError(
            f"Leave “{repeated}” out of the title: it belongs into the mix name.", code="mix"
        )


def _mix_in(title: str, mix: str) -> str:
    bracketed = _BRACKETED.search(title)
    if bracketed:
        return bracketed[1].strip()
    names = {mix, *(name for name in MIX_NAMES if " " in name), DEFAULT_MIX} - {""}
    return next((name for name in sorted(names) if _has_words(title, name)), "")


def _has_words(title: str, words: str) -> bool:
    found = re.search(rf"(?<!\w){re.escape(words.strip().casefold())}(?!\w)", title.casefold())
    return found is not None
