"""Reminders of a label's answers, in sum: what is overdue, and "6 answers are due by Friday"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kit.clock import now
from kit.routes import url_for
from notifications.models import Delivery
from submissions.models import Submission
from submissions.query_words import TermName, query_text
from submissions.reminders.occasions import OF_LABEL

NAMED = 5
"""Titles that a line names."""


@dataclass(frozen=True)
class Summary:
    """What is owed, the titles, and the address of exactly these in the queue."""

    words: str
    titles: str
    path: str


def is_of_label(delivery: Delivery) -> bool:
    """Whether it is a reminder of a label's answer."""
    return delivery.reminder is not None and delivery.reminder.kind in OF_LABEL


def summaries_of(deliveries: Iterable[Delivery]) -> list[Summary]:
    """Return what reminders of one label's answers come to, overdue first; each demo counts once."""
    owed: dict[Submission, datetime] = {}
    for each in deliveries:
        if each.reminder and each.submission:
            owed[each.submission] = each.reminder.due_at
    moment = now()
    late = {demo: due for demo, due in owed.items() if due <= moment}
    coming = {demo: due for demo, due in owed.items() if due > moment}
    found = []
    if late:
        found.append(_summary(sorted(late, key=late.__getitem__), "overdue"))
    if coming:
        last = timezone.localtime(max(coming.values()))
        found.append(_summary(sorted(coming, key=coming.__getitem__), f"due by {last:%A, %-d %B}"))
    return found


def _summary(demos: Sequence[Submission], when: str) -> Summary:
    count = len(demos)
    words = f"1 answer is {when}" if count == 1 else f"{count} answers are {when}"
    titles = [f"“{each.shown_title}”" for each in demos[:NAMED]]
    if count > NAMED:
        titles.append(f"{count - NAMED} more")
    references = ",".join(sorted(each.reference for each in demos))
    query = query_text({TermName.REF: references})
    path = f"{url_for('desk:queue', demos[0].label.slug)}?q={query}"
    return Summary(words, ", ".join(titles), path)
