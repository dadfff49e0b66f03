"""Embed page: HTML snippets for the label's own site, and the sites allowed to show the form."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from labels.access import Desk
from labels.embedding.forms import SitesForm
from labels.embedding.sites import sites_of
from labels.models import Label
from workspace.access import common_context

FRAME = (
    '<iframe src="{}" title="Send a demo to {}"\nwidth="100%" height="820" loading="lazy" style="border: 0">'
    "</iframe>"
)
BUTTON = (
    '<a href="{}" style="display: inline-block; padding: 0.6em 1.2em; border: 3px solid #1f1611; '
    'border-radius: 8px;\nbackground: #f5c03b; color: #1f1611; font-weight: bold; text-decoration: none">'
    "Send {} a demo</a>"
)
LINK = '<a href="{}">Send {} a demo</a>'


@dataclass(frozen=True)
class Snippet:
    """A piece of HTML to copy to the label's own site."""

    key: str
    name: str
    about: str
    html: SafeString


def page_of(desk: Desk, form: SitesForm | None = None) -> dict[str, Any]:
    """Return the context of the page. No query."""
    label = desk.label
    return {
        **common_context(desk),
        "snippets": snippets_of(label),
        "sites": sites_of(label),
        "form": form or SitesForm(label=label),
        "embed_url": reverse("labels:embed", args=[label.slug]),
    }


def snippets_of(label: Label) -> list[Snippet]:
    """Return the snippets: frame, button and link."""
    page = settings.BASE_URL + label.get_absolute_url()
    frame = settings.BASE_URL + reverse("labels:embed", args=[label.slug])
    return [
        Snippet(
            "frame",
            "Demo form in a frame",
            "Works only on the sites you list below.",
            _fill(FRAME, frame, label),
        ),
        Snippet(
            "button", "A button", "Links to your page here. Works on any site.", _fill(BUTTON, page, label)
        ),
        Snippet("link", "A plain link", "The same link in your site’s own style.", _fill(LINK, page, label)),
    ]


def _fill(html: str, url: str, label: Label) -> SafeString:
    return format_html(html, url, label.name)
