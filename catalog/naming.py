"""What makes two names of music the same, whatever people type, tag or read off a record."""

import re
import unicodedata

from catalog.choices import VersionType
from kit.text_comparison import fold, plain_signs

OTHER_RECORDINGS = frozenset({VersionType.REMIX, VersionType.BOOTLEG, VersionType.MASHUP})
"""Versions whose mix name tells them apart; an extended or a second version is the same track."""

_REMIX = re.compile(r"\b(?:remix|rmx|rework|refix|flip|bootleg|mashup)\b", re.IGNORECASE)
_ORIGINAL = re.compile(r"[(\[]\s*original(?:\s+mix)?\s*[)\]]|\s-\s+original\s+mix\s*$", re.IGNORECASE)
_GUESTS = r"(?:feat|ft|featuring)\b\.?"
_FEATURING = re.compile(
    rf"[(\[]\s*{_GUESTS}[^()\[\]]*[)\]]|(?<=\S)\s+(?<!\d\s){_GUESTS}\s[^()\[\]]*", re.IGNORECASE
)


def name_of(artist: str, title: str, mix: str = "", version: str = "") -> str:
    """Return artist and title normalised, "" if one of them is missing; `version` is a `VersionType`.

    Accents, case, punctuation, guests ("feat.") and "(Original Mix)" make no difference; a remix does.
    """
    names = plain(artist), plain(title)
    if not all(names):
        return ""
    is_remix = version in OTHER_RECORDINGS or _REMIX.search(mix) is not None
    return "\n".join([*names, plain(mix) if is_remix else ""])


def plain(text: str) -> str:
    """Return a name in lower case without accents, punctuation, symbols and guests."""
    bare = _FEATURING.sub(" ", _ORIGINAL.sub(" ", plain_signs(text)))
    folded = fold(bare.replace("&", " and ")).casefold()
    name = " ".join("".join(sign if _is_letter(sign) else " " for sign in folded).split())
    return name or text.casefold().strip()


def _is_letter(sign: str) -> bool:
    """Whether it is a letter, a digit or a vowel sign, which many scripts write as a mark."""
    return unicodedata.category(sign)[0] in "LMN"
