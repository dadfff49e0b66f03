"""A proposal as the team reads it, with what this member may do about it."""

from dataclasses import dataclass

from accounts.models import User
from desk.models import Proposal
from desk.proposals import proposed_sentence
from labels.access import Desk
from labels.choices import Role
from submissions.models import Submission


@dataclass(frozen=True)
class ProposalRow:
    """`is_stale`: the submission has moved on since, so nobody can release it."""

    proposal: Proposal
    submission: Submission
    sentence: str
    is_stale: bool
    may_release: bool
    may_discard: bool


def row_of(proposal: Proposal, submission: Submission, *, user: User, desk: Desk) -> ProposalRow:
    is_stale, is_manager = proposal.is_stale(submission), desk.at_least(Role.MANAGER)
    is_own = desk.at_least(Role.REVIEWER) and proposal.prepared_by == user
    return ProposalRow(
        proposal=proposal,
        submission=submission,
        sentence=proposed_sentence(proposal),
        is_stale=is_stale,
        may_release=is_manager and not is_stale and not desk.label.is_suspended,
        may_discard=is_manager or is_own,
    )
