"""What a label usually asks of a producer for a record: saving, retiring, and a list to begin with."""

from django.core.exceptions import ValidationError
from django.db import transaction

from kit import canonical
from kit.clock import now
from kit.errors import ChangedMeanwhile, Gone
from labels.choices import DeliverableKind
from labels.models import DeliverableTemplate, Label

MOST = 40
EDITABLE_FIELDS = ("name", "kind", "instructions", "days")
USUAL: tuple[tuple[str, DeliverableKind, str, int], ...] = (
    (
        "Master, WAV 24 bit",
        DeliverableKind.LINK,
        "At the sample rate of the session, without limiting above −1 dBTP.",
        14,
    ),
    ("Stems", DeliverableKind.LINK, "Dry and processed, all from the same start.", 21),
    ("Press photo", DeliverableKind.LINK, "At least 3000 pixels wide, with the photographer’s name.", 14),
    ("Artist biography", DeliverableKind.TEXT, "100 to 200 words, in the third person.", 14),
    (
        "Credits",
        DeliverableKind.TEXT,
        "Writers, producers, vocalists, mix and mastering, as they shall be printed.",
        14,
    ),
    ("Legal name and address", DeliverableKind.PERSONAL, "For the contract and the statements.", 7),
)
"""What most labels need for a record."""


def stamp_of(template: DeliverableTemplate) -> str:
    """Return a fingerprint of a template, for a form's hidden field; "" for a new one."""
    if not template.pk:
        return ""
    return canonical.stamp({name: getattr(template, name) for name in EDITABLE_FIELDS})


@transaction.atomic
def save(template: DeliverableTemplate, *, stamp: str = "") -> DeliverableTemplate:
    """Save a template, new or changed; ValidationError for a name in use (on `name`) and for too many.

    Raises ChangedMeanwhile if `stamp` does not match the saved template, Gone if it was retired.
    """
    Label.objects.select_for_update(of=("self",)).get(pk=template.label_id)
    active = DeliverableTemplate.objects.of(template.label)
    if template.pk:
        _refuse_changed(active.filter(pk=template.pk).first(), stamp)
    if active.filter(name__iexact=template.name).exclude(pk=template.pk).exists():
        raise ValidationError({"name": "This is on your list already."})
    if not template.pk and active.count() >= MOST:
        raise ValidationError(f"The list can have at most {MOST} lines. Remove one first.")
    template.save(update_fields=EDITABLE_FIELDS if template.pk else None)
    return template


@transaction.atomic
def retire(template: DeliverableTemplate) -> bool:
    """Take a template off the list; return False if it was gone already."""
    active = DeliverableTemplate.objects.of(template.label).filter(pk=template.pk)
    return bool(active.update(retired_at=now()))


@transaction.atomic
def add_usual(label: Label) -> int:
    """Put what most labels need on an empty list; return how many lines that made."""
    Label.objects.select_for_update(of=("self",)).get(pk=label.pk)
    if DeliverableTemplate.objects.of(label).exists():
        return 0
    rows = [
        DeliverableTemplate(label=label, name=name, kind=kind, instructions=instructions, days=days)
        for name, kind, instructions, days in USUAL
    ]
    return len(DeliverableTemplate.objects.bulk_create(rows))


def _refuse_changed(fresh: DeliverableTemplate | None, stamp: str) -> None:
    if fresh is None:
        raise Gone("line")
    if stamp_of(fresh) != stamp:
        raise ChangedMeanwhile("line", fresh)
