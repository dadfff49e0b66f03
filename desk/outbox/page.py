"""A proposal as the team reads it, with what this member may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from desk.models import Proposal
from desk.outbox.changes import in_words
from desk.outbox.service import proposal_refusal, proposed_sentence
from desk.review.deadline_words import ClockWords, clock_words, clocks_of
from labels.access import Desk, read_only_because
from labels.choices import Role
from submissions.models import Submission
from submissions.permissions import ROLES, refusal_for
from submissions.transition_table import AT_DESK, RULES


@dataclass(frozen=True)
class ProposalRow:
    """`is_stale`: the submission has moved on since, so nobody can release it.

    `clock` says how long the promise still lasts, `goes_out` when it is released by itself, "" for not.
    `may_prepare_again` is about one that came back.
    """

    proposal: Proposal
    submission: Submission
    sentence: str
    outcome: str
    state: str
    icon: str
    goes_out: str
    is_stale: bool
    may_release: bool
    may_change: bool
    may_discard: bool
    may_prepare_again: bool
    clock: ClockWords | None = None

    @property
    def pick(self) -> str:
        """What a form says to mean this one, as it was read."""
        return f"{self.submission.reference}.{self.proposal.fingerprint}"

    @property
    def is_open(self) -> bool:
        return self.proposal.settled_at is None


def row_of(
    proposal: Proposal, submission: Submission, *, user: User, desk: Desk, clock: ClockWords | None = None
) -> ProposalRow:
    is_stale, is_manager = proposal.is_stale(submission), desk.at_least(Role.MANAGER)
    is_theirs = is_manager or (desk.at_least(Role.REVIEWER) and proposal.prepared_by == user)
    is_current = not is_stale and proposal.settled_at is None
    rule, role, submission.label = RULES[proposal.transition], ROLES.get(desk.role), desk.label
    return ProposalRow(
        proposal=proposal,
        submission=submission,
        sentence=proposed_sentence(proposal),
        outcome=AT_DESK[proposal.transition].button,
        state=rule.target.value if rule.target else "",
        icon=rule.icon,
        goes_out=in_words(proposal.release_at, desk.label) if proposal.release_at else "",
        is_stale=is_stale,
        may_release=is_current and refusal_for(submission, rule, role) is None,
        may_change=is_theirs and is_current and not read_only_because(desk.label),
        may_discard=is_theirs,
        may_prepare_again=proposal_refusal(submission, rule, role) is None,
        clock=clock,
    )


def rows_of(proposals: Sequence[Proposal], user: User, desk: Desk) -> list[ProposalRow]:
    """Return rows with their clocks. One query, another one where the label was ever suspended."""
    clocks = clocks_of([each.submission for each in proposals], desk.label)
    return [
        row_of(each, each.submission, user=user, desk=desk, clock=clock_words(clocks[each.submission_id]))
        for each in proposals
    ]
