"""Placeholders in reply templates, such as `{artist}`."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError

PLACEHOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "artist": "the artist’s name",
        "title": "the track’s title, with its mix",
        "label": "your label’s name",
        "reference": "the submission’s reference",
        "me": "who answers: by name, or your label where it shows none",
    }
)
"""Placeholder to its description."""

_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def refuse_unknown(text: str) -> None:
    """Raise ValidationError if braces hold an unknown placeholder."""
    unknown = [word for word in _IN_BRACES.findall(text) if word not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(f"“{{{unknown[0]}}}” stands for nothing. Use {known}.", code="placeholder")


def fill_placeholders(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders replaced; inserted values are not searched again."""
    return _IN_BRACES.sub(lambda found: values.get(found[1], found[0]), text)
