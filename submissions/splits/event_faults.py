"""What `verify_history` asks of the events about splits; the guards ask the same."""

from collections.abc import Iterator, Sequence

from submissions.choices import Transition
from submissions.models import Event
from submissions.splits.status import Splits, is_settled, read_splits

T = Transition


def split_faults(before: Sequence[Event], event: Event) -> Iterator[str]:
    """Yield the errors of an event, as sentences; none for a history that cannot be added up, which is told anyhow."""
    if event.transition not in CHECKED:
        return
    try:
        problem = _problem(read_splits(before), event)
    except (LookupError, TypeError, ValueError, AttributeError):
        return
    if problem:
        yield f"event {event.sequence} {problem}"


CHECKED = frozenset({T.SET_SPLITS, T.CONFIRM_SPLIT, T.OBJECT_SPLIT, T.OVERRIDE_SPLITS, T.SIGN, T.RELEASE})


def _problem(now: Splits, event: Event) -> str:
    said = event.payload
    match event.transition:
        case T.RELEASE:
            return "" if is_settled(now.word) else "came out before its splits were settled"
        case T.SET_SPLITS:
            return "" if said["sheet"] == now.sheet + 1 else "makes a sheet out of order"
        case T.SIGN:
            return (
                ""
                if said["sheet"] is None or (said["sheet"], now.sheet) == (1, 0)
                else "makes a sheet out of order"
            )
        case T.OVERRIDE_SPLITS:
            is_right = (said["sheet"], said["sheet_digest"]) == (now.sheet or None, now.digest or None)
            return "" if is_right and not is_settled(now.word) else "settles another sheet"
    is_current = (said["sheet"], said["sheet_digest"]) == (now.sheet, now.digest)
    is_open = 1 <= said["share"] <= now.shares and said["share"] not in now.confirmed
    if event.transition == T.OBJECT_SPLIT and said["share"] in now.objected:
        is_open = False
    return "" if is_current and is_open else "answers to no open share of the last sheet"
