"""What a recording says of the demo that it belongs to: references in its file names, and its ISRCs. Pure."""

import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kit import codes
from recordings.choices import MatchHow

PREFIX = "TF"
_CODE = re.compile(
    r"(?=(?<![0-9A-Za-z])((?:TF[\s_.-]*)?[0-9A-Za-z]{4}[\s_.-]?[0-9A-Za-z]{4})(?![0-9A-Za-z]))",
    re.IGNORECASE,
)
"""A code with or without prefix, wherever one may begin: words of eight letters are looked up in vain."""

_PREMASTER = re.compile(r"(?<![a-z])(pre[\s_.-]?master(ed)?|unmastered)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """References that its file names may hold, and all ISRCs that are said of it."""

    references: frozenset[str] = frozenset()
    isrcs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Demo:
    """A signed demo of the label: its reference, and the codes of its copy and of the tracks that it fills."""

    pk: int
    reference: str
    isrcs: frozenset[str] = frozenset()


def references_in(path: str) -> frozenset[str]:
    """Return what reads as a submission's code in the last part of a path, in any way in which one is typed."""
    name = os.path.splitext(os.path.basename(path))[0]
    found = (re.sub(r"[_.]", " ", text) for text in _CODE.findall(name))
    return frozenset(code for text in found if (code := _normalised(text)))


def _normalised(text: str) -> str:
    try:
        return codes.normalise(PREFIX, text)
    except ValueError:
        return ""


def says_premaster(path: str) -> bool:
    """Whether a file's name says that it is not the master yet."""
    return _PREMASTER.search(os.path.basename(path)) is not None


def fitting(evidence: Evidence, demos: Iterable[Demo], refused: Collection[int] = ()) -> dict[int, MatchHow]:
    """Return the demos that the evidence speaks for, with the reason; one alone is a match, several are candidates.

    A reference is a person's word for this very demo, an ISRC may be a tag copied with the file: so an ISRC counts
    beside a reference where it names another demo, and a person decides.
    """
    left = [demo for demo in demos if demo.pk not in refused]
    by_isrc = {demo.pk: MatchHow.ISRC for demo in left if demo.isrcs & evidence.isrcs}
    by_name = {demo.pk: MatchHow.REFERENCE for demo in left if demo.reference in evidence.references}
    return by_isrc | by_name
