"""What stands on the page of a label's figures."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from insights.asked import Asked
from insights.figures import Figures, Week
from labels.models import Label


def page_of(label: Label, asked: Asked, figures: Figures | None) -> dict[str, Any]:
    """Return the context; without figures the form alone, with what is wrong."""
    return {
        "label": label,
        "form": asked.form,
        "quick": asked.quick,
        "figures": figures,
        "is_empty": bool(figures and not has_something(figures)),
        "csv": _csv(label, figures) if figures else "",
        "queue_url": reverse("desk:queue", args=[label.slug]),
    }


def has_something(figures: Figures) -> bool:
    """Whether anything was received in the span or happened in its weeks."""
    return bool(figures.received.number) or any(map(_is_busy, figures.weeks))


def _is_busy(week: Week) -> bool:
    return any(each.number for each in (week.received, week.opened, week.answered, week.expired))


def _csv(label: Label, figures: Figures) -> str:
    asked = urlencode({"since": figures.span.since, "until": figures.span.until})
    return f"{reverse('insights:csv', args=[label.slug])}?{asked}"
