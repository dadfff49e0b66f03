"""What stands around the rows of the queue: tabs, chips, the filter."""

from typing import Any

from django.urls import reverse

from desk.bulk.action_table import in_bar
from desk.queue.listing import Listing
from desk.queue.tabs import parts_of
from desk.saved_views.page import views_of
from desk.search.controls import offers_of
from desk.search.term_table import TERMS
from labels.choices import Role, Status
from labels.intakes.rule_words import STANDING


def frame_of(listing: Listing) -> dict[str, Any]:
    """Return the context of the list without its rows. Three queries, and once a minute three more."""
    desk, label = listing.desk, listing.desk.label
    shown = listing.query.text if listing.asked.is_valid else None
    return {
        **views_of(listing.shelf, shown),
        "standing": STANDING.get(Status(label.status), ""),
        "asked": listing.asked,
        "controls": listing.asked.controls(offers_of(label)),
        "terms": TERMS,
        "parts": parts_of(listing.query, listing.user, label),
        "listing": listing,
        "queue_url": reverse("desk:queue", args=[label.slug]),
        "is_manager": desk.at_least(Role.MANAGER),
        "bulk_acts": in_bar(desk.role),
        "is_reviewer": desk.at_least(Role.REVIEWER),
    }
