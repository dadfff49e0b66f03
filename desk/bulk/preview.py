"""What a bulk action would do, counted before it is ordered."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from activity.choices import BulkAct
from desk.bulk.action_table import ACTIONS, UNASSIGNED
from desk.bulk.orders import read_rows
from desk.models import Proposal
from desk.outbox.service import proposal_refusal
from desk.review.plays import unplayed_among
from desk.search.rows import Rows
from labels.access import Desk
from submissions.choices import ActorRole
from submissions.errors import WorkflowError
from submissions.models import Submission
from submissions.permissions import ROLES, done_once, refusal_for
from submissions.state_machine import STATES

IN_OUTBOX = "A decision is already in the outbox."
REJECTING = frozenset({BulkAct.REJECT, BulkAct.PROPOSE})
PROPOSING = frozenset({BulkAct.PROPOSE, BulkAct.PREPARE_OFFER})


@dataclass(frozen=True)
class Group:
    """Count of the submissions in a state; `because` says why they would be skipped, "" where they are not."""

    state: str
    name: str
    count: int
    because: str


@dataclass(frozen=True)
class Preview:
    """Counts of an action; `seen` is a fingerprint of submissions and turns, `unplayed` counts doable ones."""

    done: list[Group]
    skipped: list[Group]
    unplayed: int
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


def preview_of(act: BulkAct, rows: Rows, desk: Desk) -> Preview:
    """Count what an action would do to rows. At most three queries; raises TooManyError."""
    submissions = read_rows(rows)
    reasons = _skip_reasons(act, submissions, desk)
    doable = [pk for pk, because in reasons.items() if not because]
    groups = list(_groups(submissions, reasons))
    return Preview(
        done=[group for group in groups if not group.because],
        skipped=[group for group in groups if group.because],
        unplayed=len(unplayed_among(doable)) if act in REJECTING and doable else 0,
        seen=fingerprint(submissions),
    )


def fingerprint(submissions: Sequence[Submission]) -> str:
    """Return a hash of these submissions and their turns."""
    pairs = ",".join(sorted(f"{each.pk}.{each.turn}" for each in submissions))
    return hashlib.sha256(pairs.encode()).hexdigest()[:16]


def _groups(submissions: Sequence[Submission], reasons: dict[int, str]) -> Iterator[Group]:
    counts = Counter((each.state, reasons[each.pk]) for each in submissions)
    order = [str(state) for state in STATES]
    for state, because in sorted(counts, key=lambda pair: (order.index(pair[0]), pair[1])):
        yield Group(state, STATES[state].desk_name, counts[state, because], because)


def _skip_reasons(act: BulkAct, submissions: Sequence[Submission], desk: Desk) -> dict[int, str]:
    """Return why each would be skipped, "" where it would not, by primary key."""
    proposed = _with_open_proposal(submissions) if act in PROPOSING else set()
    rule = ACTIONS[act].rule
    done = done_once(rule, [each.pk for each in submissions]) if rule else set()
    reasons = {}
    for each in submissions:
        each.label = desk.label
        refusal = _refusal(act, each, ROLES.get(desk.role), done)
        reasons[each.pk] = str(refusal) if refusal else IN_OUTBOX if each.pk in proposed else ""
        if act == BulkAct.UNASSIGN and each.team_assignee_id is None:
            reasons[each.pk] = UNASSIGNED
    return reasons


def _refusal(
    act: BulkAct, submission: Submission, role: ActorRole | None, done: set[int]
) -> WorkflowError | None:
    rule = ACTIONS[act].rule
    if rule is None:
        return None
    if act in PROPOSING:
        return proposal_refusal(submission, rule, role)
    happened = {rule.name.value} if submission.pk in done else set()
    return refusal_for(submission, rule, role, happened=happened)


def _with_open_proposal(submissions: Sequence[Submission]) -> set[int]:
    proposals = Proposal.objects.open().filter(submission__in=[each.pk for each in submissions])
    return set(proposals.values_list("submission", flat=True))
