"""Who has the ball with each deliverable, and until when: one pure function over a submission's events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from submissions.choices import Ball, DeliverableState, Transition

T, S = Transition, DeliverableState
ASKED_DAYS = 14
"""Days that a producer has for what is asked of them, unless the label says another date."""

AGAIN = timedelta(days=7)
"""What a producer has for something that is asked again."""

LOOKING = timedelta(days=7)
"""What a label has for looking at what was handed in."""


class Happening(Protocol):
    """The fields of an event that are used here."""

    @property
    def transition(self) -> str: ...

    @property
    def recorded_at(self) -> datetime: ...

    @property
    def payload(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Item:
    """One deliverable after some events; `digest` is that of what was handed in last, "" before."""

    number: int
    kind: str
    state: str
    due: datetime | None
    digest: str = ""

    @property
    def ball(self) -> Ball:
        return BALLS.get(self.state, Ball.NOBODY)

    def is_late(self, moment: datetime) -> bool:
        return self.due is not None and self.due <= moment


BALLS = {S.ASKED.value: Ball.PRODUCER, S.HANDED_IN.value: Ball.LABEL}
"""Whose turn it is; nobody's once it is approved or waived."""

DONE = frozenset({S.APPROVED.value, S.WAIVED.value})


def read_items(events: Iterable[Happening]) -> dict[int, Item]:
    """Return the deliverables by number after these events, in order."""
    items: dict[int, Item] = {}
    for event in events:
        if event.transition == T.ASK_FOR:
            items |= {each["number"]: _asked(each) for each in event.payload["items"]}
        elif event.transition in CHANGES:
            number = event.payload["item"]
            items[number] = after_event(items[number], event)
    return items


CHANGES = {
    T.HAND_IN.value: S.HANDED_IN.value,
    T.APPROVE.value: S.APPROVED.value,
    T.ASK_AGAIN.value: S.ASKED.value,
    T.WAIVE.value: S.WAIVED.value,
}
"""By fact: the state to which it brings an item."""


def are_complete(items: Iterable[Item]) -> bool:
    """Whether everything is approved or waived; so it is where nothing was asked for."""
    return all(item.state in DONE for item in items)


def _asked(said: dict[str, Any]) -> Item:
    return Item(said["number"], said["kind"], S.ASKED.value, datetime.fromisoformat(said["due"]))


def after_event(item: Item, event: Happening) -> Item:
    """Return what an event about an item makes of it."""
    due = None
    if event.transition == T.HAND_IN:
        due = event.recorded_at + LOOKING
    elif event.transition == T.ASK_AGAIN:
        due = event.recorded_at + AGAIN
    digest = event.payload.get("digest", item.digest)
    return replace(item, state=CHANGES[event.transition], due=due, digest=digest)
