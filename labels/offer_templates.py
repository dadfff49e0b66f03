"""A label's offer templates: saving and retiring."""

from django.core.exceptions import ValidationError
from django.db import transaction

from kit import canonical
from kit.clock import now
from kit.errors import ChangedMeanwhile, Gone
from labels.models import Label, OfferTemplate

MOST_TEMPLATES = 50
"""Active templates of a label."""


def stamp_of(template: OfferTemplate) -> str:
    """Return a fingerprint of a template, for a form's hidden field; "" for a new one."""
    return canonical.stamp(template.values) if template.pk else ""


@transaction.atomic
def save(template: OfferTemplate, *, stamp: str = "") -> OfferTemplate:
    """Save a template, new or changed; ValidationError for a name in use (on `name`) and for too many.

    Raises ChangedMeanwhile if `stamp` does not match the saved template, Gone if it was retired.
    """
    Label.objects.select_for_update(of=("self",)).get(pk=template.label_id)
    active = OfferTemplate.objects.of(template.label)
    if template.pk:
        _refuse_changed(active.filter(pk=template.pk).first(), stamp)
    if active.filter(name__iexact=template.name).exclude(pk=template.pk).exists():
        raise ValidationError({"name": "Your label already has an offer template with this name."})
    if not template.pk and active.count() >= MOST_TEMPLATES:
        raise ValidationError(f"A label can have at most {MOST_TEMPLATES} offer templates. Retire one first.")
    template.save()
    return template


def _refuse_changed(fresh: OfferTemplate | None, stamp: str) -> None:
    if fresh is None:
        raise Gone("template")
    if stamp_of(fresh) != stamp:
        raise ChangedMeanwhile("template", fresh)


@transaction.atomic
def retire(template: OfferTemplate) -> bool:
    """Retire a template; return False if it was retired already."""
    active = OfferTemplate.objects.of(template.label).filter(pk=template.pk)
    return bool(active.update(retired_at=now()))
