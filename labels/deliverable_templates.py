"""What a label usually asks of a producer for a record: saving, retiring, and a list to begin with."""

from django.db import transaction

from labels.choices import DeliverableKind
from labels.models import DeliverableTemplate, Label
from labels.template_list import TemplateList

MOST = 40
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


_templates = TemplateList(
    DeliverableTemplate,
    fields=("name", "kind", "instructions", "days"),
    most=MOST,
    taken="This is on your list already.",
    full=f"The list can have at most {MOST} lines. Remove one first.",
    word="line",
)
stamp_of, save, retire = _templates.stamp_of, _templates.save, _templates.retire


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
