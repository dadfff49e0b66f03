"""What stands around the rows of the queue: tabs, chips, the filter."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from desk import queue
from desk.listing import Listing
from labels.choices import Role, Status
from labels.wording import STANDING


def frame_of(listing: Listing, tally: queue.Tally) -> dict[str, Any]:
    """Return the context of the list without its rows."""
    desk, query = listing.desk, QueryDict(listing.suffix.removeprefix("?"))
    return {
        "desk": desk,
        "label": desk.label,
        "standing": STANDING.get(Status(desk.label.status), ""),
        "form": listing.form,
        "tally": tally,
        "tabs": queue.tabs_of(listing.form, tally, query),
        "chips": queue.chips_of(listing.form, tally, query),
        "listing": listing,
        "queue_url": reverse("desk:queue", args=[desk.label.slug]),
        "is_reviewer": desk.at_least(Role.REVIEWER),
    }
