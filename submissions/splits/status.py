"""Whether everyone agrees to the splits: one pure function over a submission's events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from submissions.choices import SplitsState, Transition

T = Transition
SETTLED = frozenset({SplitsState.CONFIRMED, SplitsState.OVERRIDDEN})


class Happening(Protocol):
    """The fields of an event that are used here."""

    @property
    def transition(self) -> str: ...

    @property
    def payload(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Splits:
    """The last sheet, 0 for none, and the positions of its shares that are confirmed or objected to."""

    sheet: int = 0
    digest: str = ""
    shares: int = 0
    confirmed: frozenset[int] = frozenset()
    objected: frozenset[int] = frozenset()
    is_overridden: bool = False

    @property
    def word(self) -> str:
        """The state of the splits, "" without a sheet."""
        if self.is_overridden:
            return SplitsState.OVERRIDDEN.value
        if self.objected:
            return SplitsState.OBJECTED.value
        if not self.sheet:
            return ""
        is_whole = len(self.confirmed) == self.shares
        return (SplitsState.CONFIRMED if is_whole else SplitsState.WAITING).value


def is_settled(word: str) -> bool:
    """Whether this word of `Submission.splits` means that a release may come: all confirmed, or overridden."""
    return word in SETTLED


def read_splits(events: Iterable[Happening]) -> Splits:
    """Return where the splits stand after these events, in order. A new sheet begins anew."""
    reading = Splits()
    for event in events:
        if event.transition in CHANGES:
            reading = _after(reading, event)
    return reading


CHANGES = frozenset({T.SIGN, T.SET_SPLITS, T.CONFIRM_SPLIT, T.OBJECT_SPLIT, T.OVERRIDE_SPLITS})


def _after(before: Splits, event: Happening) -> Splits:
    said = event.payload
    match event.transition:
        case T.SIGN | T.SET_SPLITS if said.get("sheet"):
            return Splits(said["sheet"], said["sheet_digest"], said["shares"], frozenset(said["own"]))
        case T.CONFIRM_SPLIT:
            share = {said["share"]}
            return replace(before, confirmed=before.confirmed | share, objected=before.objected - share)
        case T.OBJECT_SPLIT:
            return replace(before, objected=before.objected | {said["share"]})
        case T.OVERRIDE_SPLITS:
            return replace(before, is_overridden=True)
    return before
