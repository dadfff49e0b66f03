"""Context of a label's public page, the same for every reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from catalog.music.genres import genre_names
from kit.markdown import as_html, target_of
from kit.routes import url_for
from kit.urls import split_url
from labels.choices import Status
from labels.directory.response_record import record_summary
from labels.intakes import rule_words
from labels.intakes.intake_cards import IntakeCard, intake_cards_of
from labels.models import Label

SHORT = 200
"""Characters of the description in link previews."""


@dataclass(frozen=True)
class ExternalLink:
    """A page of the label on another site; `text` is its real host and path."""

    href: str
    text: str


def page_of(label: Label, *, is_whole: bool = True) -> dict[str, Any]:
    """Return the page's context for a label from `queries.label_page`; `is_whole=False` leaves out its text."""
    cards = intake_cards_of(label)
    open_card = next((card for card in cards if card.is_open), None)
    return {
        "label": label,
        "genres": genre_names(label.genres.all()),
        "intake_cards": cards,
        "open_card": open_card,
        "record_summary": record_summary(label),
        "standing": rule_words.STANDING.get(Status(label.status), ""),
        "written": as_html(label.page_text) if is_whole else "",
        "website": next(iter(external_links([label.website])), None),
        "links": external_links(label.links),
        "sharing": {**sharing_preview(label, open_card), "picture": _picture(label)},
    }


def external_links(urls: list[str]) -> list[ExternalLink]:
    """Return links for those URLs that safely lead to another site."""
    return [ExternalLink(url, _link_text(url)) for url in urls if url.startswith("http") and target_of(url)]


def sharing_preview(label: Label, open_card: IntakeCard | None) -> dict[str, str]:
    """Return title, description and URL for link previews on other sites."""
    said = Truncator(" ".join(label.about.split())).chars(SHORT)
    promise = f"{open_card.promise}." if open_card else "Closed for now."
    return {
        "title": f"Demos for {label.name}",
        "description": f"{promise} {said}".strip(),
        "url": settings.BASE_URL + label.get_absolute_url(),
    }


def _link_text(url: str) -> str:
    parts = split_url(url)
    return f"{target_of(url).removeprefix('www.')}{parts.path.rstrip('/')}"


def _picture(label: Label) -> str:
    return settings.BASE_URL + url_for("accounts:picture", label.logo_id) if label.logo_id else ""
