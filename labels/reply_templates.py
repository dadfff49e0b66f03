"""A label's reply templates: their placeholders, saving and retiring."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import transaction

from kit import canonical
from kit.clock import now
from kit.errors import ChangedMeanwhile, Gone
from labels.models import Label, ReplyTemplate

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


def stamp_of(template: ReplyTemplate) -> str:
    """Return a fingerprint of a template, for a form's hidden field; "" for a new one."""
    if not template.pk:
        return ""
    return canonical.stamp({name: getattr(template, name) for name in EDITABLE_FIELDS})


@transaction.atomic
def save(template: ReplyTemplate, *, stamp: str = "") -> ReplyTemplate:
    """Save a template, new or changed; ValidationError for a name in use (on `name`) and for too many.

    Raises ChangedMeanwhile if `stamp` does not match the saved template, Gone if it was retired.
    """
    Label.objects.select_for_update(of=("self",)).get(pk=template.label_id)
    active = ReplyTemplate.objects.of(template.label)
    if template.pk:
        _refuse_changed(active.filter(pk=template.pk).first(), stamp)
    same = active.filter(outcome=template.outcome, name__iexact=template.name).exclude(pk=template.pk)
    if same.exists():
        raise ValidationError({"name": "Your label already has a template with this name for this decision."})
    if template.pk:
        template.save(update_fields=EDITABLE_FIELDS)
        return template
    if active.count() >= MOST_TEMPLATES:
        raise ValidationError(f"A label can have at most {MOST_TEMPLATES} templates. Retire one first.")
    template.save()
    return template


def _refuse_changed(fresh: ReplyTemplate | None, stamp: str) -> None:
    if fresh is None:
        raise Gone("template")
    if stamp_of(fresh) != stamp:
        raise ChangedMeanwhile("template", fresh)


@transaction.atomic
def retire(template: ReplyTemplate) -> bool:
    """Retire a template; return False if it was retired already."""
    active = ReplyTemplate.objects.of(template.label).filter(pk=template.pk)
    return bool(active.update(retired_at=now()))
