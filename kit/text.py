"""Cleaning of typed text: invisible and control characters, Unicode normalisation."""

import re
import unicodedata

from django.core.exceptions import ValidationError

# Bidirectional overrides and isolates, zero-width space, word joiner, BOM: invisible, and able to make
# one name look like another. ZWJ and ZWNJ stay, since emoji and several scripts need them.
INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
JOINERS_ALONE = re.compile("^[\u200c\u200d\\s]*$")


def tidy(text: str) -> str:
    """Return the text in NFC, stripped, with \\n line ends and without invisible characters."""
    bare = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if CONTROL.search(bare):
        return bare
    bare = unicodedata.normalize("NFC", bare).strip()
    return "" if JOINERS_ALONE.match(bare) else bare


def refuse_control(text: str) -> None:
    """Raise ValidationError for NUL, other control characters and lone surrogates."""
    if CONTROL.search(text):
        raise ValidationError(
            "This holds characters that are not text. Type it again by hand.", code="control"
        )
