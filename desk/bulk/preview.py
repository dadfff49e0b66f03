"""What a bulk action would do, counted before anything is ordered."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from activity.choices import BulkAct
from desk.bulk.action_table import ACTS
from desk.bulk.orders import freeze
from desk.models import Proposal
from desk.review.plays import unplayed_among
from desk.search.rows import Rows
from submissions.models import Submission
from submissions.state_table import STATES

PASSING = frozenset({BulkAct.REJECT, BulkAct.PROPOSE})


@dataclass(frozen=True)
class Group:
    """So many submissions in a state; `because` says why they would be skipped, "" for those it is done to."""

    state: str
    name: str
    count: int
    because: str


@dataclass(frozen=True)
class Preview:
    """What is there now; `seen` is a fingerprint of it, submissions and turns. `unheard` are among the doable."""

    done: list[Group]
    skipped: list[Group]
    unheard: int
    seen: str

    @property
    def doable(self) -> int:
        return sum(group.count for group in self.done)

    @property
    def undoable(self) -> int:
        return sum(group.count for group in self.skipped)

    @property
    def total(self) -> int:
        return self.doable + self.undoable


def preview_of(act: BulkAct, rows: Rows) -> Preview:
    """Count what would become of rows. At most three queries; raises TooManyError."""
    frozen = freeze(rows)
    proposed = _proposed(frozen) if act == BulkAct.PROPOSE else set()
    reasons = {each.pk: _because(act, each, is_proposed=each.pk in proposed) for each in frozen}
    doable = [pk for pk, because in reasons.items() if not because]
    groups = list(_groups(frozen, reasons))
    return Preview(
        done=[group for group in groups if not group.because],
        skipped=[group for group in groups if group.because],
        unheard=len(unplayed_among(doable)) if act in PASSING and doable else 0,
        seen=fingerprint(frozen),
    )


def fingerprint(frozen: Sequence[Submission]) -> str:
    """Return a short text that differs when these are other submissions, or one has had another turn."""
    pairs = ",".join(sorted(f"{each.pk}.{each.turn}" for each in frozen))
    return hashlib.sha256(pairs.encode()).hexdigest()[:16]


def _groups(frozen: Sequence[Submission], reasons: dict[int, str]) -> Iterator[Group]:
    counts = Counter((each.state, reasons[each.pk]) for each in frozen)
    order = [str(state) for state in STATES]
    for state, because in sorted(counts, key=lambda pair: (order.index(pair[0]), pair[1])):
        yield Group(state, STATES[state].desk_name, counts[state, because], because)


def _because(act: BulkAct, submission: Submission, *, is_proposed: bool) -> str:
    sources = ACTS[act].sources
    if sources is not None and submission.state not in sources:
        return "it cannot be done in this state"
    return "a decision lies in the outbox already" if is_proposed else ""


def _proposed(frozen: Sequence[Submission]) -> set[int]:
    waiting = Proposal.objects.open().filter(submission__in=[each.pk for each in frozen])
    return set(waiting.values_list("submission", flat=True))
