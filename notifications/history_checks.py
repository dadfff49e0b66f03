"""What `verify_history` checks of announcements (`HISTORY_CHECKS`): as many deliveries as were made."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, F

from notifications.models import Announcement, Delivery
from submissions.verification import Fault

REFERENCE = "event__submission__reference"


def announcement_faults(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield announced events with more or fewer deliveries than were written down, and those never announced."""
    chosen = {} if references is None else {f"{REFERENCE}__in": references}
    made = Announcement.objects.filter(**chosen).annotate(kept=Count("event__deliveries"))
    wrong = made.exclude(told=F("kept")).order_by("event_id")
    for reference, number, told, kept in wrong.values_list(REFERENCE, "event__sequence", "told", "kept"):
        yield Fault(reference, f"event {number} made {told} deliveries, and {kept} are there")
    stray = Delivery.objects.filter(event__isnull=False, event__announcement=None, **chosen)
    for reference, number in stray.values_list(REFERENCE, "event__sequence").distinct().order_by("event_id"):
        yield Fault(reference, f"event {number} has deliveries and was never announced")
