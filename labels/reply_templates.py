"""Keeping and retiring a label's reply templates."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import transaction

from kit.clock import now
from labels.models import Label, ReplyTemplate

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


MOST = 50
"""How many a label keeps at a time."""
EDITABLE = ("name", "text", "reason", "welcome")


@transaction.atomic
def keep(template: ReplyTemplate) -> ReplyTemplate:
    """Save a template, new or changed. Raises ValidationError by field for a name in use, and for one too many."""
    Label.objects.select_for_update(of=("self",)).get(pk=template.label_id)
    kept = ReplyTemplate.objects.of(template.label)
    same = kept.filter(outcome=template.outcome, name__iexact=template.name).exclude(pk=template.pk)
    if same.exists():
        raise ValidationError({"name": "Your label has one of this name for this already."})
    if template.pk:
        template.save(update_fields=EDITABLE)
        return template
    if kept.count() >= MOST:
        raise ValidationError(f"A label keeps at most {MOST} templates. Retire one first.")
    template.save()
    return template


@transaction.atomic
def retire(template: ReplyTemplate) -> bool:
    """Offer a template no more; return whether it was offered until now."""
    kept = ReplyTemplate.objects.of(template.label).filter(pk=template.pk)
    return bool(kept.update(retired_at=now()))
