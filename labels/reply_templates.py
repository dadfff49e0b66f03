"""A label's reply templates: their placeholders, saving and retiring."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError

from labels.models import ReplyTemplate
from labels.template_list import TemplateList

PLACEHOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "artist": "the artist’s name",
        "title": "the track’s title, with its mix",
        "label": "your label’s name",
        "reference": "the submission’s reference",
        "me": "the name of whoever answers, or your label’s name if names are hidden",
    }
)
"""Placeholder to its description."""

_IN_BRACES = re.compile(r"\{([^{}\n]*)\}")


def refuse_unknown(text: str) -> None:
    """Raise ValidationError if braces hold an unknown placeholder."""
    unknown = [word for word in _IN_BRACES.findall(text) if word not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValidationError(f"“{{{unknown[0]}}}” is not a placeholder. Use {known}.", code="placeholder")


def fill_placeholders(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its placeholders replaced; placeholders in values are left alone."""
    return _IN_BRACES.sub(lambda found: values.get(found[1], found[0]), text)


MOST_TEMPLATES = 50
"""Active templates of a label."""
EDITABLE_FIELDS = ("name", "text", "reason", "welcome")

_templates = TemplateList(
    ReplyTemplate,
    fields=EDITABLE_FIELDS,
    most=MOST_TEMPLATES,
    taken="Your label already has a template with this name for this decision.",
    full=f"A label can have at most {MOST_TEMPLATES} templates. Retire one first.",
    beside=("outcome",),
)
stamp_of, save, retire = _templates.stamp_of, _templates.save, _templates.retire
