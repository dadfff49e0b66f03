"""By what a desk knows again what it heard before: digests of a demo's link and of its artist and title."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction

from catalog.choices import VersionType
from catalog.links.link import canonical_identity
from catalog.tracks.completeness import read_link
from submissions.models import Revision, Submission

OTHER_RECORDINGS = frozenset({VersionType.REMIX, VersionType.BOOTLEG, VersionType.MASHUP})
"""Versions whose mix name belongs to who they are; an extended or a second version is the same track."""

_REMIX = re.compile(r"\b(?:remix|rmx|rework|refix|flip|bootleg|mashup)\b", re.IGNORECASE)
_ORIGINAL = re.compile(r"[(\[]\s*original(?:\s+mix)?\s*[)\]]|\s-\s+original\s+mix\s*$", re.IGNORECASE)
_GUESTS = r"(?:feat|ft|featuring)\b\.?"
_FEATURING = re.compile(
    rf"[(\[]\s*{_GUESTS}[^()\[\]]*[)\]]|(?<=\S)\s+(?<!\d\s){_GUESTS}\s[^()\[\]]*", re.IGNORECASE
)
_UNLIKE_WORDS = re.compile(r"[\W_]+")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "&": " and "})


@dataclass(frozen=True, slots=True)
class Digests:
    """SHA-256 in hex of a demo's canonical link and of its artist and title; "" for what is not there."""

    link: str
    name: str


def digests_of(copied: Mapping[str, Any]) -> Digests:
    """Return the digests of a revision's copy; both empty for a redacted one."""
    link = read_link(copied.get("audio_url", ""))
    return Digests(_digest(canonical_identity(link) if link else ""), _digest(name_of(copied)))


def name_of(copied: Mapping[str, Any]) -> str:
    """Return artist and title as one would hear them said, "" where one of them is missing.

    Accents, case, punctuation, guests ("feat.") and "(Original Mix)" make no difference; a remix does.
    """
    artist, title = plain(copied.get("artist_name", "")), plain(copied.get("title", ""))
    if not artist or not title:
        return ""
    return "\n".join([artist, title, plain(copied.get("mix", "")) if _is_remix(copied) else ""])


def plain(text: str) -> str:
    """Return a name in lower case without accents, punctuation and guests."""
    bare = _FEATURING.sub(" ", _ORIGINAL.sub(" ", text))
    folded = unicodedata.normalize("NFKD", bare).casefold().translate(_PLAIN)
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _UNLIKE_WORDS.sub(" ", letters).strip() or text.casefold().strip()


def recognise(submissions: Iterable[int]) -> int:
    """Write the digests of these submissions' last revisions; return how many changed. Three queries."""
    with transaction.atomic():
        # locked, so that of two revisions that came at once the older is not written last
        rows = (
            Submission.objects.select_for_update(no_key=True, of=("self",))
            .filter(pk__in=submissions)
            .order_by("pk")
        )
        found = list(rows.only("pk", "team_link", "team_name"))
        copies = last_copies(each.pk for each in found)
        changed = [each for each in found if _renewed(each, digests_of(copies.get(each.pk, {})))]
        Submission.objects.bulk_update(changed, ["team_link", "team_name"])
    return len(changed)


def last_copies(submissions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the copy of each submission's last revision. One query."""
    revisions = Revision.objects.filter(submission__in=list(submissions))
    last = revisions.order_by("submission", "-number").distinct("submission")
    return dict(last.values_list("submission", "copy"))


def _renewed(submission: Submission, digests: Digests) -> bool:
    """Put the digests on the row; return whether that changed it."""
    before = Digests(submission.team_link, submission.team_name)
    submission.team_link, submission.team_name = digests.link, digests.name
    return before != digests


def _is_remix(copied: Mapping[str, Any]) -> bool:
    is_named = _REMIX.search(copied.get("mix", "")) is not None
    return is_named or copied.get("version_type") in OTHER_RECORDINGS


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest() if text else ""
