"""Proposals as rows of a page, with what this member may do with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from desk.models import Proposal
from desk.outbox.changes import local_time_words
from desk.outbox.service import proposal_refusal, proposed_sentence
from desk.review.deadline_words import (
    DeadlineWords,
    deadline_words,
    deadlines_of,
)
from labels.access import Desk, read_only_because
from labels.choices import Role
from submissions.models import Submission
from submissions.permissions import ROLES, refusal_for
from submissions.transition_table import AT_DESK, RULES


@dataclass(frozen=True)
class ProposalRow:
    """A proposal on a page; `is_stale`: the submission has moved on since, so it cannot be sent.

    `deadline`: when the answer is due; `sends_at`: when it is sent automatically, "" if never.
    `may_prepare_again` is about one that was sent back.
    """

    proposal: Proposal
    submission: Submission
    sentence: str
    outcome: str
    state: str
    icon: str
    sends_at: str
    is_stale: bool
    may_send: bool
    may_change: bool
    may_discard: bool
    may_prepare_again: bool
    deadline: DeadlineWords | None = None

    @property
    def pick(self) -> str:
        """The value that a form sends for this proposal as it was read."""
        return f"{self.submission.reference}.{self.proposal.fingerprint}"

    @property
    def is_open(self) -> bool:
        return self.proposal.settled_at is None


def row_of(
    proposal: Proposal,
    submission: Submission,
    *,
    user: User,
    desk: Desk,
    deadline: DeadlineWords | None = None,
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
        sends_at=local_time_words(proposal.send_at, desk.label) if proposal.send_at else "",
        is_stale=is_stale,
        may_send=is_current and refusal_for(submission, rule, role) is None,
        may_change=is_theirs and is_current and not proposal.is_held and not read_only_because(desk.label),
        may_discard=is_theirs,
        may_prepare_again=proposal_refusal(submission, rule, role) is None,
        deadline=deadline,
    )


def rows_of(proposals: Sequence[Proposal], user: User, desk: Desk) -> list[ProposalRow]:
    """Return rows with deadlines. No query, or one if the label was ever suspended."""
    deadlines = deadlines_of([each.submission for each in proposals], desk.label)
    return [
        row_of(
            each,
            each.submission,
            user=user,
            desk=desk,
            deadline=deadline_words(deadlines[each.submission_id]),
        )
        for each in proposals
    ]
