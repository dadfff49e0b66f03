"""What `verify_history` asks of the events about deliverables; the guards ask the same."""

from collections.abc import Iterator, Sequence

from submissions.choices import DeliverableState, Transition
from submissions.deliverables.status import CHANGES, read_items
from submissions.models import Event

T, S = Transition, DeliverableState
FROM = {
    T.HAND_IN: {S.ASKED},
    T.APPROVE: {S.HANDED_IN},
    T.ASK_AGAIN: {S.HANDED_IN},
    T.WAIVE: {S.ASKED, S.HANDED_IN},
}
"""By fact: the states of an item to which it can happen."""


def item_faults(before: Sequence[Event], event: Event) -> Iterator[str]:
    """Yield the errors of an event, as sentences; none for a history that cannot be added up, which is told anyhow."""
    try:
        if event.transition == T.ASK_FOR:
            known = len(read_items(before))
            numbers = [each["number"] for each in event.payload["items"]]
            is_right = bool(numbers) and numbers == list(range(known + 1, known + len(numbers) + 1))
        elif event.transition in CHANGES:
            item = read_items(before).get(event.payload["item"])
            is_right = item is not None and item.state in FROM[T(event.transition)]
        else:
            return
    except (LookupError, TypeError, ValueError, AttributeError):
        return
    if not is_right:
        yield f"event {event.sequence} does not fit what was asked for"
