"""The page of a label's figures; its HTML is kept in this process's memory while nothing in it has changed.

What is kept is shown while the facts of the label have the same version and the values in it the same names.
Whoever edits a template restarts the server.
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
    """The figures of a page; `html` is "" where nothing happened."""

    html: SafeString
    names: Names


def page_of(label: Label, period: Period, reader: User) -> dict[str, Any]:
    """Return the context; without a span the form alone, with what is wrong."""
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
    """Return a label's figures as HTML, the reader's own left out. Four queries where they are kept."""
    pages, key = caches["pages"], _key(label, span, reader)
    kept: Body | None = pages.get(key)
    if kept is None or kept.names != names_of(kept.names, label):
        kept = rendered(label, figures_of(label, span, reader))
        pages.set(key, kept)
    return kept


def _key(label: Label, span: Span, reader: User) -> str:
    """Read the version before anything is added up: what is newer than its key is only kept for too short."""
    own = SubmissionFacts.objects.filter(label=OuterRef("label"), producer=reader)
    versions = FactsVersion.objects.filter(label=label).annotate(has_own=Exists(own))
    version, has_own = versions.values_list("token", "has_own").first() or ("", False)
    parts = (label.pk, label.slug, label.time_zone, span.text, version, reader.pk if has_own else "")
    return "figures:" + ":".join(map(str, parts))


def rendered(label: Label, figures: Figures) -> Body:
    """Return figures as HTML, made anew."""
    context: dict[str, Any] = {"figures": figures, "queue_url": reverse("desk:queue", args=[label.slug])}
    return Body(render_to_string(TEMPLATE, context) if figures.has_something else SafeString(), figures.names)


def _csv(label: Label, span: Span) -> str:
    asked = urlencode({"since": span.since, "until": span.until})
    return f"{reverse('insights:csv', args=[label.slug])}?{asked}"
