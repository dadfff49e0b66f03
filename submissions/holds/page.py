"""A hold in words, for either side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from submissions.choices import HoldStatus
from submissions.deadlines import Happening
from submissions.holds.status import read_hold
from submissions.models import Submission


@dataclass(frozen=True)
class HoldWords:
    """What is said of a hold that is asked for or runs, and when it lapses or ends."""

    sentence: str
    due: datetime | None
    due_words: str
    is_running: bool


def hold_words(submission: Submission, events: Iterable[Happening], *, team: bool) -> HoldWords | None:
    """Return the words for a side, None without a hold."""
    hold = read_hold(events)
    if hold.status == HoldStatus.NONE:
        return None
    label, days = submission.label, f"{hold.days} day{'' if hold.days == 1 else 's'}"
    if hold.is_running:
        sentence = (
            "The producer keeps this track for your label."
            if team
            else f"You keep this track for {label}: it can be sent to no other label, and signed to none."
        )
        return HoldWords(sentence, hold.due, "Until", is_running=True)
    sentence = (
        f"The producer was asked for a hold of {days}."
        if team
        else f"{label} asks you to keep this track for {label} alone, for {days}."
    )
    return HoldWords(sentence, hold.due, "The request lapses on", is_running=False)
