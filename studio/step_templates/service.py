"""A person's own step templates: saved, retired, put in order, and the one that new projects begin with."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from kit.clock import now
from studio.models import StepTemplate, StudioSettings, TemplateStep
from studio.step_lists import own_templates


def save_template(template: StepTemplate, name: str, steps: list[dict[str, Any]]) -> None:
    """Save a template with these steps instead of those it had. Raises IntegrityError if the name is taken."""
    with transaction.atomic():
        if template.pk is None:
            last = own_templates(template.owner).aggregate(last=Max("position"))["last"]
            template.position = (last or 0) + 1
        template.name = name
        template.save()
        template.steps.all().delete()
        TemplateStep.objects.bulk_create(TemplateStep(template=template, **step) for step in steps)


def retire(template: StepTemplate) -> None:
    """Offer a template no longer; projects that have its steps keep them."""
    template.retired_at = now()
    template.save(update_fields=["retired_at"])


def move(user: User, pk: int, by: int) -> None:
    """Move a template up or down by a place; nothing happens at the end of the list, or if it is gone."""
    with transaction.atomic():
        rows = list(own_templates(user).select_for_update(of=("self",)))
        place = next((at for at, row in enumerate(rows) if row.pk == pk), None)
        if place is None or not 0 <= place + by < len(rows):
            return
        rows.insert(place + by, rows.pop(place))
        for position, row in enumerate(rows, 1):
            row.position = position
        StepTemplate.objects.bulk_update(rows, ["position"])


def choose_default(user: User, word: str) -> None:
    """Let new projects of this person begin with this template, "" for no steps."""
    StudioSettings.objects.update_or_create(user=user, defaults={"default_template": word})
