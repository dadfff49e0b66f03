"""What a submission owes before its release is delivered: settled splits, and everything that was asked for."""

from submissions.models import Submission
from submissions.splits.status import is_settled


def missing_from(submission: Submission) -> list[str]:
    """Return what is missing, in sentences."""
    return [] if is_settled(submission.splits) else ["its splits are not settled."]
