"""The page of a label's figures; its HTML is cached in this process's memory.

The cached HTML is valid while the label's facts have the same version and the values in it the same names.
Restart the server after editing its template.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import User
from insights.breakdowns import names_of
from insights.figures import Figures, Names
from insights.label_stats import figures_of
from insights.models import FactsVersion, SubmissionFacts
from insights.period import Period, Span
from labels.models import Label

TEMPLATE = "insights/_figures.html"


@dataclass(frozen=True)
class Body:
    """The figures of a page; `html` is "" if there are none."""

    html: SafeString
    names: Names


def page_of(label: Label, period: Period, reader: User) -> dict[str, Any]:
    """Return the context; without a valid span only the form with its errors."""
    body = body_of(label, period.span, reader).html if period.span else ""
    return {
        "label": label,
        "form": period.form,
        "quick": period.quick,
        "span": period.span,
        "body": body,
        "is_empty": bool(period.span and not body),
        "csv": _csv(label, period.span) if period.span else "",
    }


def body_of(label: Label, span: Span, reader: User) -> Body:
    """Return a label's figures as HTML, without the reader's own demos. Four queries if cached."""
    pages, key = caches["pages"], _key(label, span, reader)
    body: Body | None = pages.get(key)
    if body is None or body.names != names_of(body.names, label):
        body = rendered(label, figures_of(label, span, reader))
        pages.set(key, body)
    return body


def _key(label: Label, span: Span, reader: User) -> str:
    """Return the cache key. Read before the figures: newer figures under an older key only expire too early."""
    own = SubmissionFacts.objects.filter(label=OuterRef("label"), producer=reader)
    versions = FactsVersion.objects.filter(label=label).annotate(has_own=Exists(own))
    version, has_own = versions.values_list("token", "has_own").first() or ("", False)
    parts = (label.pk, label.slug, label.time_zone, span.text, version, reader.pk if has_own else "")
    return "figures:" + ":".join(map(str, parts))


def rendered(label: Label, figures: Figures) -> Body:
    """Render figures as HTML."""
    context: dict[str, Any] = {"figures": figures, "queue_url": reverse("desk:queue", args=[label.slug])}
    context["releases_url"] = reverse("releases:list", args=[label.slug])
    return Body(render_to_string(TEMPLATE, context) if figures.has_something else SafeString(), figures.names)


def _csv(label: Label, span: Span) -> str:
    query = urlencode({"since": span.since, "until": span.until})
    return f"{reverse('insights:csv', args=[label.slug])}?{query}"
