"""Notifications in words."""

from dataclasses import dataclass

from notifications.models import Delivery
from submissions import timeline


@dataclass(frozen=True)
class Sentence:
    """Who did what; `who` is the label for a suspension, a member or Trackflow for a notice."""

    who: str
    what: str


def sentence_of(delivery: Delivery) -> Sentence:
    """Return the sentence of a notification for its reader; expects it `with_subject`."""
    if delivery.event:
        submission = delivery.event.submission
        who = timeline.who(delivery.event, submission, team=delivery.is_to_team)
        return Sentence(who, timeline.what(delivery.event))
    if delivery.notice:
        return Sentence(str(delivery.notice.who or "Trackflow"), delivery.notice.what)
    assert delivery.suspension
    what = "is no longer suspended" if delivery.is_end else "is suspended: no deadline is running there"
    return Sentence(delivery.suspension.label.name, what)
