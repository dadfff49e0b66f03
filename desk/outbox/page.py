"""A proposal as the team reads it, with what this member may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from desk.models import Proposal
from desk.outbox.changes import in_words
from desk.outbox.service import proposed_sentence
from desk.review.action_table import ACTIONS
from desk.review.deadline_words import ClockWords, clock_words, clocks_of
from labels.access import Desk
from labels.choices import Role
from submissions.models import Submission
from submissions.transition_table import RULES


@dataclass(frozen=True)
class ProposalRow:
    """`is_stale`: the submission has moved on since, so nobody can release it.

    `clock` says how long the promise still lasts, `goes_out` when it is released by itself, "" for not.
    """

    proposal: Proposal
    submission: Submission
    sentence: str
    outcome: str
    state: str
    goes_out: str
    is_stale: bool
    may_release: bool
    may_change: bool
    may_discard: bool
    clock: ClockWords | None = None

    @property
    def pick(self) -> str:
        """What a form says to mean this one, as it was read."""
        return f"{self.submission.reference}.{self.proposal.imprint}"

    @property
    def is_open(self) -> bool:
        return self.proposal.settled_at is None

    @property
    def may_prepare_again(self) -> bool:
        """Whether the submission's state still allows what came back."""
        return self.submission.state in RULES[self.proposal.transition].sources


def row_of(
    proposal: Proposal, submission: Submission, *, user: User, desk: Desk, clock: ClockWords | None = None
) -> ProposalRow:
    is_stale, is_manager = proposal.is_stale(submission), desk.at_least(Role.MANAGER)
    is_theirs = is_manager or (desk.at_least(Role.REVIEWER) and proposal.prepared_by == user)
    is_current = not is_stale and not desk.label.is_suspended and proposal.settled_at is None
    return ProposalRow(
        proposal=proposal,
        submission=submission,
        sentence=proposed_sentence(proposal),
        outcome=ACTIONS[proposal.transition].button,
        state=_target(proposal),
        goes_out=in_words(proposal.release_at, desk.label) if proposal.release_at else "",
        is_stale=is_stale,
        may_release=is_manager and is_current,
        may_change=is_theirs and is_current,
        may_discard=is_theirs,
        clock=clock,
    )


def rows_of(proposals: Sequence[Proposal], user: User, desk: Desk) -> list[ProposalRow]:
    """Return rows with their clocks. One query, another one where the label was ever suspended."""
    clocks = clocks_of([each.submission for each in proposals], desk.label)
    return [
        row_of(each, each.submission, user=user, desk=desk, clock=clock_words(clocks[each.submission_id]))
        for each in proposals
    ]


def _target(proposal: Proposal) -> str:
    target = RULES[proposal.transition].target
    return target.value if target else ""
