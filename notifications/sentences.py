"""Notifications in words; who did what is said as the history says it."""

from dataclasses import dataclass

from notifications.models import Delivery
from submissions import sentences


@dataclass(frozen=True)
class Sentence:
    """Who did what; for a suspension `who` is the label, for a notice a member or Trackflow."""

    who: str
    what: str


def sentence_of(delivery: Delivery) -> Sentence:
    """Return the sentence of a notification, as its reader may know it; expects it `with_subject`."""
    if delivery.event:
        submission = delivery.event.submission
        who = sentences.who(delivery.event, submission, team=delivery.is_to_team)
        return Sentence(who, sentences.what(delivery.event))
    if delivery.notice:
        return Sentence(str(delivery.notice.who or "Trackflow"), delivery.notice.what)
    assert delivery.suspension
    what = "is no longer suspended" if delivery.is_end else "is suspended: every clock there stands still"
    return Sentence(delivery.suspension.label.name, what)
