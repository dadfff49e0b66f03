"""Words in a reply template that stand for something of the submission it answers."""

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
"""What may stand in braces, and what takes its place."""

_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def refuse_unknown(text: str) -> None:
    """Raise ValidationError for braces that hold none of the placeholders."""
    unknown = [word for word in _IN_BRACES.findall(text) if word not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(f"“{{{unknown[0]}}}” stands for nothing. Use {known}.", code="placeholder")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template's text with each placeholder replaced, once: what takes its place is left as it is."""
    return _IN_BRACES.sub(lambda found: values.get(found[1], found[0]), text)
