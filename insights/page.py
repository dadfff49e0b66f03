"""What stands on the page of a label's figures."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from insights.figures import Span
from insights.page_cache import body_of
from insights.period import Asked
from labels.models import Label


def page_of(label: Label, asked: Asked, reader: User) -> dict[str, Any]:
    """Return the context; without a span the form alone, with what is wrong."""
    body = body_of(label, asked.span, reader).html if asked.span else ""
    return {
        "label": label,
        "form": asked.form,
        "quick": asked.quick,
        "span": asked.span,
        "body": body,
        "is_empty": bool(asked.span and not body),
        "csv": _csv(label, asked.span) if asked.span else "",
    }


def _csv(label: Label, span: Span) -> str:
    asked = urlencode({"since": span.since, "until": span.until})
    return f"{reverse('insights:csv', args=[label.slug])}?{asked}"
