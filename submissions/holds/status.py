"""A hold: exclusivity for some days, asked by the label, agreed by the producer. A pure function over events.

It is over once the submission leaves the states in which one can be asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from submissions.choices import HoldStatus, Transition
from submissions.deadlines import Happening
from submissions.transition_table import HOLDABLE

UNANSWERED = timedelta(days=7)
"""After this time the system ends a hold that the producer neither agreed to nor refused."""
MOST_DAYS = 30


@dataclass(frozen=True)
class Hold:
    """Where a hold stands: for how many days it was asked, and when it lapses or ends."""

    status: HoldStatus = HoldStatus.NONE
    days: int = 0
    due: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.status == HoldStatus.RUNNING


NO_HOLD = Hold()


def read_hold(events: Iterable[Happening]) -> Hold:
    """Return the hold after these events, in order."""
    hold = NO_HOLD
    for event in events:
        if event.to_state not in HOLDABLE:
            hold = NO_HOLD
        elif event.transition == Transition.HOLD:
            hold = Hold(HoldStatus.ASKED, event.payload["days"], event.recorded_at + UNANSWERED)
        elif event.transition == Transition.AGREE_HOLD:
            hold = Hold(HoldStatus.RUNNING, hold.days, datetime.fromisoformat(event.payload["held_until"]))
        elif event.transition in (Transition.REFUSE_HOLD, Transition.END_HOLD):
            hold = NO_HOLD
    return hold
